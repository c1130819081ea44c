import type { ServiceStanding } from '../../shared/contract/onboarding.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { ControllerMark } from '../tenants/index.ts';
import { Facts } from '../ui/facts.tsx';
import { Mark } from '../ui/mark.tsx';
import { formatMoment } from '../ui/time/format.ts';
import { Moment } from '../ui/time/moment.tsx';
import { ServiceCard } from './service-card.tsx';
import { standingWords } from './service-words.ts';
import { useTextStyles } from './use-text-styles.ts';

interface StandingCardProps {
  readonly tenant: Tenant;
  readonly standing: ServiceStanding;
  readonly zone: string;
  readonly now: UtcSeconds;
}

/** Whether the service is on, since when it is locked and until when, and who controls it. */
export function StandingCard({ tenant, standing, zone, now }: StandingCardProps) {
  const text = useTextStyles();
  const { service } = standing;
  const { word, tone, lines } = standingWords(standing, at => formatMoment(at, zone, now));
  return (
    <ServiceCard title="How it stands">
      <Facts
        facts={[
          {
            name: 'Status',
            value: (
              <Mark tone={tone} strong>
                {word}
              </Mark>
            ),
          },
          { name: 'Controlled by', value: <ControllerMark tenant={tenant} zone={zone} now={now} /> },
          service?.gracePeriodUntilAt !== undefined && {
            name: 'Grace ends',
            value: <Moment at={service.gracePeriodUntilAt} zone={zone} now={now} />,
          },
          service?.restoreAllowedUntilAt !== undefined && {
            name: 'Restores until',
            value: <Moment at={service.restoreAllowedUntilAt} zone={zone} now={now} />,
          },
        ]}
      />
      {lines.map(line => (
        <p key={line} className={text.detail}>
          {line}
        </p>
      ))}
    </ServiceCard>
  );
}
