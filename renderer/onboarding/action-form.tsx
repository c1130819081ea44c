import {
  Button,
  DialogActions,
  DialogContent,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { ServiceAction, ServiceStanding } from '../../shared/contract/onboarding.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import {
  type ServiceActionType,
  takeoverLimits,
  takeoverProblem,
  takeoverTiming,
} from '../../shared/domain/onboarding.ts';
import { HOUR } from '../../shared/domain/time.ts';
import { useMyZone, useTenantAccount, useTenantNow, useTenantZone } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { formatDatedMoment } from '../ui/time/format.ts';
import { readTypedTime, toTypedTime } from '../ui/time/typed-time.ts';
import { elsewhereInWords, zoneChoices } from '../ui/time/zone-choices.ts';
import { ZonedTimeInput } from '../ui/time/zoned-time-input.tsx';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: '12px' } });

interface ActionFormProps {
  readonly tenant: Tenant;
  readonly standing: ServiceStanding;
  readonly type: ServiceActionType;
  readonly onCancel: () => void;
  readonly onDone: (action: ServiceAction) => void;
}

/** What an action has to be told: the day of a takeover, or who pays. */
export function ActionForm(props: ActionFormProps) {
  return props.type === 'enable' ? <OwnerForm {...props} /> : <DayForm {...props} />;
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function OwnerForm({ tenant, standing, onCancel, onDone }: ActionFormProps) {
  const styles = useStyles();
  const home = useTenantAccount(tenant.id)?.homeTenantId ?? '';
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const owner = (typed ?? standing.lastEnable?.ownerTenantId ?? home).trim();
  const problem = GUID.test(owner) ? undefined : 'A tenant’s id is written as 8-4-4-4-12 characters of 0–9 and a–f.';
  return (
    <>
      <DialogContent className={styles.content}>
        <Field
          label="Id of the tenant that Backstop’s app is registered in"
          hint={
            owner.toLowerCase() === home.toLowerCase()
              ? 'Your own tenant. It pays for what is protected here.'
              : 'It pays for what is protected here.'
          }
          {...(problem === undefined ? {} : { validationState: 'error' as const, validationMessage: problem })}
        >
          <Input
            value={typed ?? owner}
            onChange={(_, data) => setTyped(data.value)}
            spellCheck={false}
            autoComplete="off"
          />
        </Field>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <CommandButton
          appearance="primary"
          disabledReason={problem}
          onClick={() => onDone({ type: 'enable', ownerTenantId: owner.toLowerCase() })}
        >
          Preview
        </CommandButton>
      </DialogActions>
    </>
  );
}

function DayForm({ tenant, standing, onCancel, onDone }: ActionFormProps) {
  const styles = useStyles();
  const myZone = useMyZone();
  const tenantZone = useTenantZone(tenant.id);
  const now = useTenantNow(tenant.id);
  const { controller, service } = standing;
  const canBeAtOnce = takeoverTiming({ controller, service, apps: service?.apps }) === 'either';
  const [isAtOnce, setAtOnce] = useState(false);
  const limits = takeoverLimits(now);
  const [typed, setTyped] = useState(() => toTypedTime(limits.from + HOUR, tenantZone ?? myZone));
  const choices = zoneChoices({ tenantZone, myZone, at: limits.from });
  const read = readTypedTime(typed);
  const at = read.is === 'ok' ? read.at : undefined;
  const said = (moment: number) => formatDatedMoment(moment, typed.zone);
  const found = at === undefined ? undefined : takeoverProblem(at, now);
  const problem =
    found === 'tooSoon'
      ? `The earliest is ${said(limits.from)}: 7 days ahead.`
      : found === 'tooLate'
        ? `The latest is ${said(limits.until)}: 30 days ahead.`
        : undefined;
  const why = isAtOnce ? undefined : at === undefined ? 'Say on which day and at what time.' : problem;
  return (
    <>
      <DialogContent className={styles.content}>
        {canBeAtOnce && (
          <Field
            label="When control passes"
            hint="The service is not enabled, and yet it names somebody who controls. By Microsoft’s documentation control can then be taken at once."
          >
            <RadioGroup value={isAtOnce ? 'atOnce' : 'day'} onChange={(_, data) => setAtOnce(data.value === 'atOnce')}>
              <Radio value="day" label="On a day" />
              <Radio value="atOnce" label="At once" />
            </RadioGroup>
          </Field>
        )}
        {!isAtOnce && (
          <ZonedTimeInput
            label="Control passes to Backstop on"
            value={typed}
            onChange={setTyped}
            zones={choices.map(({ zone, word }) => ({ zone, word }))}
            now={now}
            limits={limits}
            hint={
              at === undefined
                ? `From ${said(limits.from)} to ${said(limits.until)}.`
                : `${elsewhereInWords(at, typed.zone, choices, now)}. Possible from ${said(limits.from)} to ${said(limits.until)}.`
            }
            problem={problem}
          />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <CommandButton
          appearance="primary"
          disabledReason={why}
          onClick={() => onDone({ type: 'activate', ...(isAtOnce || at === undefined ? {} : { effectiveAt: at }) })}
        >
          Preview
        </CommandButton>
      </DialogActions>
    </>
  );
}
