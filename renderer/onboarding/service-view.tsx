import { makeStyles, tokens } from '@fluentui/react-components';
import { ArrowSync16Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ServiceStanding } from '../../shared/contract/onboarding.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { controlCameAt } from '../../shared/domain/onboarding.ts';
import type { ControlFacts, ServiceActionType } from '../../shared/domain/onboarding.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { EmailCard } from '../notifications/index.ts';
import {
  queries,
  toAppError,
  useClient,
  useIsOffline,
  useIsSignedOut,
  useMyZone,
  useTenantNow,
} from '../store/index.ts';
import { ControllerBar, ControllerChangeBar, SignInAgain } from '../tenants/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { offlineReasons, signedOutReasons } from '../ui/offline-reason.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { Moment } from '../ui/time/moment.tsx';
import { ActionDialog } from './action-dialog.tsx';
import { AppsCard } from './apps-card.tsx';
import { BillingCard } from './billing-card.tsx';
import { EndingCard } from './ending-card.tsx';
import { ServiceCard } from './service-card.tsx';
import { serviceQueries } from './service-queries.ts';
import { StandingCard } from './standing-card.tsx';
import { StepsCard } from './steps-card.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1, overflowY: 'auto' },
  toolbar: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap', flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
  cards: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: '8px',
    alignItems: 'start',
    '@media (max-width: 999px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: '8px', minWidth: 0 },
});

/** Refusals that a sign-in to the tenant settles. */
const signInCodes: ReadonlySet<string> = new Set([
  'CONSENT_MISSING',
  'INTERACTION_REQUIRED',
  'SESSION_EXPIRED',
  'SIGNED_OUT',
]);

/** Whether Backup Storage is on in the tenant, who controls it, what is left of the onboarding, and what changes any of it. */
export function ServiceView({ tenantId }: { tenantId: string }) {
  const styles = useStyles();
  const client = useClient();
  const isOffline = useIsOffline();
  const isSignedOut = useIsSignedOut();
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const tenants = useQuery(queries.tenants(client));
  const tenant = tenants.data?.find(({ id }) => id === tenantId);
  const standing = useQuery(serviceQueries.standing(client, tenantId));
  // Who controls may have changed without a word: it is asked when one comes here.
  const fetched = useQuery({ ...serviceQueries.fetched(client, tenantId), enabled: !isOffline && !isSignedOut });
  const [asked, setAsked] = useState<ServiceActionType | undefined>(undefined);
  const unread = fetched.error === null ? fetched.data?.unread.map(({ error }) => error) : [fetched.error];
  const [failure] = isOffline || isSignedOut ? [] : (unread ?? []);
  const askedAt = standing.data?.service?.askedAt;
  return (
    <div className={styles.view}>
      {tenant !== undefined && (
        <>
          <ControllerBar tenant={tenant} zone={zone} now={now} />
          <ControllerChangeBar tenant={tenant} zone={zone} now={now} />
        </>
      )}
      {failure !== undefined && (
        <ErrorBar
          error={failure}
          actions={signInCodes.has(toAppError(failure).code) ? <SignInAgain tenantId={tenantId} /> : undefined}
        />
      )}
      <div className={styles.toolbar}>
        <CommandButton
          icon={<ArrowSync16Regular />}
          disabledReason={
            isOffline
              ? offlineReasons.readService
              : isSignedOut
                ? signedOutReasons.readService
                : fetched.isFetching
                  ? 'The service is being read.'
                  : undefined
          }
          onClick={() => void fetched.refetch()}
        >
          Read it now
        </CommandButton>
        <span className={styles.quiet}>
          {askedAt === undefined ? (
            'Not yet read.'
          ) : (
            <>
              Read <Moment at={askedAt} zone={zone} now={now} />. Looked at again every 15 minutes while Backstop is
              open, online and signed in.
            </>
          )}
        </span>
      </div>
      {standing.error !== null ? (
        <ErrorState error={standing.error} onRetry={() => void standing.refetch()} />
      ) : standing.data === undefined || tenant === undefined ? (
        <SkeletonLines lines={8} label="Reading how the service stands" />
      ) : (
        <ServiceCards tenant={tenant} standing={standing.data} onAsk={setAsked} />
      )}
      {asked !== undefined && tenant !== undefined && standing.data !== undefined && (
        <ActionDialog tenant={tenant} standing={standing.data} type={asked} onClose={() => setAsked(undefined)} />
      )}
    </div>
  );
}

/** A standing as the rules of onboarding read it. */
function toFacts({ controller, service, lastEnable }: ServiceStanding, tenant: Tenant, now: UtcSeconds): ControlFacts {
  const { apps } = service ?? {};
  return { controller, service, apps, lastEnable, controlCameAt: controlCameAt(apps, tenant.controllerChange, now) };
}

interface ServiceCardsProps {
  readonly tenant: Tenant;
  readonly standing: ServiceStanding;
  readonly onAsk: (type: ServiceActionType) => void;
}

function ServiceCards({ tenant, standing, onAsk }: ServiceCardsProps) {
  const styles = useStyles();
  const zone = useMyZone();
  const now = useTenantNow(tenant.id);
  const facts = toFacts(standing, tenant, now);
  const shown = { tenant, facts, zone, now };
  return (
    <>
      <div className={styles.cards}>
        <div className={styles.column}>
          <StepsCard {...shown} onAsk={onAsk} />
          <EndingCard {...shown} onAsk={onAsk} />
        </div>
        <div className={styles.column}>
          <StandingCard {...shown} standing={standing} />
          <AppsCard apps={standing.service?.apps} zone={zone} now={now} />
          <BillingCard standing={standing} facts={facts} zone={zone} now={now} />
        </div>
      </div>
      <ServiceCard title="E-mail notifications">
        <EmailCard tenant={tenant} />
      </ServiceCard>
    </>
  );
}
