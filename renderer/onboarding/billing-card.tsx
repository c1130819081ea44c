import { makeStyles } from '@fluentui/react-components';
import type { ServiceStanding } from '../../shared/contract/onboarding.ts';
import { billingTrouble, type ControlFacts } from '../../shared/domain/onboarding.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/time/moment.tsx';
import { ServiceCard } from './service-card.tsx';
import { billingCommand } from './service-words.ts';
import { useTextStyles } from './use-text-styles.ts';

const useStyles = makeStyles({
  id: { display: 'inline-flex', alignItems: 'center' },
  list: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '4px' },
});

interface BillingCardProps {
  readonly standing: ServiceStanding;
  readonly facts: ControlFacts;
  readonly zone: string;
  readonly now: UtcSeconds;
}

/** How the service tells of billing, and who has to do what for it. No API sets or reads it. */
export function BillingCard({ standing, facts, zone, now }: BillingCardProps) {
  const styles = useStyles();
  const text = useTextStyles();
  const { lastEnable, clientId } = standing;
  const trouble = billingTrouble(facts);
  const command = billingCommand(clientId);
  return (
    <ServiceCard title="Billing">
      {trouble !== undefined && (
        <Mark tone="bad" strong>
          {trouble === 'locked' ? 'The billing profile is not valid' : 'The billing policy is missing or not in order'}
        </Mark>
      )}
      <Facts
        facts={[
          lastEnable !== undefined && {
            name: 'Last enabled',
            value: (
              <>
                <Moment at={lastEnable.at} zone={zone} now={now} />
                {lastEnable.outcome === 'refused' ? `, refused: ${lastEnable.code ?? ''}` : ''}
              </>
            ),
          },
          lastEnable !== undefined && { name: 'Paid by', value: lastEnable.ownerTenantId },
          {
            name: 'App id',
            value: (
              <span className={styles.id}>
                {clientId}
                <CopyButton text={clientId} what="app id" />
              </span>
            ),
          },
        ]}
      />
      <p className={text.detail}>
        The tenant that the app is registered in pays, not the customer. No API of Microsoft Graph sets or reads its
        billing policy: enabling tells whether it is missing, and a lock with the reason “billing profile invalid” that
        it went bad.
      </p>
      <ol className={styles.list}>
        <li className={text.detail}>
          In the owner’s tenant, which needs one licence with SharePoint or OneDrive, somebody who owns or contributes
          to an Azure subscription sets up pay-as-you-go billing for Microsoft 365 Backup.
        </li>
        <li className={text.detail}>
          A SharePoint Administrator there, who owns or contributes to that subscription too, makes the billing policy,
          one for each app: <code className={text.code}>{command}</code>
          <CopyButton text={command} what="command" />
        </li>
        <li className={text.detail}>Changes take up to 24 hours to be seen; then enable again here.</li>
      </ol>
    </ServiceCard>
  );
}
