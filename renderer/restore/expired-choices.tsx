import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { Plan, PlanUnit } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { keys, useClient } from '../store/index.ts';
import type { ConsoleClient } from '../store/index.ts';
import { formatQuantity } from '../ui/number.ts';
import { namesInWords } from './names-in-words.ts';
import { hasExpired } from './unit-point-words.ts';
import type { PlanChange } from './use-plan-change.ts';

const useStyles = makeStyles({ bar: { flexShrink: 0 } });

const PAGE = 200;

/** The units of a plan whose point was chosen by hand: read page by page, no further than the last of them. */
async function readChosenByHand(client: ConsoleClient, plan: Plan, signal: AbortSignal): Promise<PlanUnit[]> {
  const chosen: PlanUnit[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const window = { offset, limit: PAGE };
    const { rows } = await client.plans.listUnits({ planId: plan.id, window }, { signal });
    chosen.push(...rows.filter(unit => unit.chosenBy === 'hand'));
    if (rows.length < PAGE || chosen.length >= plan.chosenByHand) return chosen;
  }
}

/** `Finance can’t be restored to it any more: choose another point, or go back to the rule.` */
function expiredInWords(names: readonly string[]): string {
  const them = names.length === 1 ? 'it' : 'them';
  return `${namesInWords(names, names.length)} can’t be restored to ${them} any more: choose another point, or go back to the rule.`;
}

interface ExpiredChoicesProps {
  readonly plan: Plan;
  readonly now: UtcSeconds;
  readonly saving: PlanChange;
}

/**
 * Says which points chosen by hand have expired since, and the way back to the rule. They stay chosen until somebody decides: the rule
 * would put another point in their place that nobody has seen.
 */
export function ExpiredChoices({ plan, now, saving }: ExpiredChoicesProps) {
  const styles = useStyles();
  const client = useClient();
  const chosen = useQuery({
    queryKey: [...keys.plan(plan.id), 'chosen-by-hand'],
    queryFn: ({ signal }) => readChosenByHand(client, plan, signal),
    enabled: plan.chosenByHand > 0,
  });
  const expired = plan.chosenByHand === 0 ? [] : (chosen.data ?? []).filter(unit => hasExpired(unit, now));
  if (expired.length === 0) return null;
  const backToRule = () =>
    saving.change(async caller => {
      for (const { unitId } of expired)
        await caller.plans.choosePoint({ planId: plan.id, unitId, choice: { type: 'rule' } });
    });
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.bar} politeness="polite">
      <MessageBarBody>
        <MessageBarTitle>
          {formatQuantity(expired.length, 'point')} chosen by hand {expired.length === 1 ? 'has' : 'have'} expired.
        </MessageBarTitle>
        {expiredInWords(expired.map(unit => unit.name))}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={backToRule}>Back to the rule</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
