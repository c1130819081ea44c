import { makeStyles } from '@fluentui/react-components';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { type ControlFacts, ownApp } from '../../shared/domain/onboarding.ts';
import type { ServiceActionType } from '../../shared/domain/onboarding.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { actionTitles } from './action-words.ts';
import { ServiceCard } from './service-card.tsx';
import { useTextStyles } from './use-text-styles.ts';
import { useWhyNotControl } from './use-why-not-control.ts';

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: '12px', justifyContent: 'space-between' },
});

interface EndingCardProps {
  readonly tenant: Tenant;
  readonly facts: ControlFacts;
  readonly onAsk: (type: ServiceActionType) => void;
}

/** What deactivating and unregistering mean as things stand. Nothing where our app is not there. */
export function EndingCard({ tenant, facts, onAsk }: EndingCardProps) {
  const styles = useStyles();
  const text = useTextStyles();
  const whyNot = useWhyNotControl(tenant, facts);
  const own = ownApp(facts.apps);
  if (own === undefined) return null;
  return (
    <ServiceCard title="Leaving">
      <div className={styles.row}>
        <p className={text.detail}>{wordsOf(own.status)}</p>
        <CommandButton disabledReason={whyNot('unregister')} onClick={() => onAsk('unregister')}>
          {actionTitles.unregister.ask}
        </CommandButton>
      </div>
    </ServiceCard>
  );
}

function wordsOf(status: string): string {
  switch (status) {
    case 'active':
      return 'An app in control can’t be deactivated: the service refuses it. Control ends when another app takes over, or when Backstop is unregistered, which ends access at once and costs up to 37 days more.';
    case 'pendingActive':
      return 'Cancelling the takeover leaves the app registered. Unregistering cancels it too and takes the app away.';
    case 'pendingInactive':
      return 'Backstop leaves by itself on the day that the other app takes over. Until then the service refuses to unregister it, and deactivating it changes nothing.';
    default:
      return 'The app is not in control: deactivating it changes nothing. Unregistering only takes it off the list.';
  }
}
