import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  tokens,
} from '@fluentui/react-components';
import { ArrowClockwise16Regular, MoreHorizontal16Regular } from '@fluentui/react-icons';
import type { UnitDetail } from '../../shared/contract/units.ts';
import { navigate, useIsOffline, useIsSignedOut } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { costInWords } from '../ui/cost-words.ts';
import { offlineReasons, signedOutReasons } from '../ui/offline-reason.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { useAskNewest } from './use-ask-newest.ts';
import { useStartPlan } from './use-start-plan.ts';

const useStyles = makeStyles({
  actions: { display: 'flex', gap: '8px' },
  main: { flexGrow: 1, whiteSpace: 'nowrap' },
  cost: {
    margin: '-4px 0 0',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

/** What can be done with one unit: ask for its newest points at a price, look at its points, restore it alone. */
export function UnitActions({
  unit,
  tenantId,
  rereadMillis,
}: {
  unit: UnitDetail;
  tenantId: string;
  rereadMillis: number;
}) {
  const styles = useStyles();
  const isOffline = useIsOffline();
  const isSignedOut = useIsSignedOut();
  const newest = useAskNewest({ tenantId, unitId: unit.id, hasFast: unit.newestFast !== undefined, rereadMillis });
  const plan = useStartPlan(tenantId);
  const cost = newest.cost === undefined ? undefined : costInWords(newest.cost);
  const isKnown = newest.cost?.questions === 0;
  return (
    <>
      {newest.error !== undefined && <ErrorBar error={newest.error} />}
      {plan.error !== undefined && <ErrorBar error={plan.error} onDismiss={plan.dismiss} />}
      <div className={styles.actions}>
        <CommandButton
          className={styles.main}
          icon={<ArrowClockwise16Regular />}
          onClick={newest.ask}
          hint={cost === undefined ? undefined : `Asks the service now: ${cost}.`}
          disabledReason={
            isOffline
              ? offlineReasons.ask
              : isSignedOut
                ? signedOutReasons.ask
                : isKnown
                  ? 'Its newest points were asked for less than ten minutes ago.'
                  : undefined
          }
          running={newest.isAsking ? { label: 'Stop asking', onStop: newest.stop } : undefined}
        >
          Ask for newest
        </CommandButton>
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button icon={<MoreHorizontal16Regular />} aria-label={`More for ${unit.name}`} />
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              <MenuItem onClick={() => navigate({ at: 'restore-points', tenantId, unitId: unit.id })}>
                Open restore points
              </MenuItem>
              <MenuItem onClick={() => plan.start({ unitId: unit.id })}>
                {isOffline ? 'Prepare a plan for this unit…' : 'Restore this unit alone…'}
              </MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      </div>
      <p className={styles.cost} aria-live="polite">
        {isOffline
          ? 'Asking needs a connection. What is known stays readable.'
          : isSignedOut
            ? 'Asking needs an account. What is known stays readable.'
            : newest.isAsking
              ? 'Asking the service'
              : newest.unsettled > 0
                ? 'The service gave no answer for this unit; it can be asked again.'
                : isKnown
                  ? 'Nothing to ask: its newest points are fresh.'
                  : cost === undefined
                    ? ''
                    : `Costs ${cost}.`}
      </p>
    </>
  );
}
