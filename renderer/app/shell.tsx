import { makeStyles, mergeClasses, Tab, TabList, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import type { MouseEvent } from 'react';
import { SignInGate, SyncErrors, TenantDialogs } from '../tenants/index.ts';
import { isRestoreLocked } from '../../shared/domain/service-lock.ts';
import { navigate, queries, tenantOf, tenantTabs, useClient, useNavigation } from '../store/index.ts';
import { formatCount } from '../ui/number.ts';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { EmailDialog } from '../notifications/index.ts';
import { FailureBoundary } from './failure-boundary.tsx';
import { Notices } from './notices.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { Rail } from './rail.tsx';
import { Palette } from '../palette/index.ts';
import { namedViews, placeOf, tabs } from './routes.tsx';
import { StatusBar } from './status-bar.tsx';
import { TenantBar } from './tenant-bar.tsx';
import { useSyncKey } from './use-sync-key.ts';

const useStyles = makeStyles({
  shell: {
    display: 'grid',
    gridTemplateColumns: '48px minmax(0, 1fr)',
    gridTemplateRows: '48px minmax(0, 1fr) 28px',
    height: '100%',
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
    boxSizing: 'border-box',
  },
  locked: { borderLeft: `3px solid ${tokens.colorStatusDangerBackground3}` },
  rail: { gridRow: '1 / span 3' },
  middle: { display: 'flex', flexDirection: 'column', minHeight: 0, minWidth: 0 },
  tabs: {
    height: '40px',
    flexShrink: 0,
    padding: '0 8px',
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    boxSizing: 'border-box',
  },
  count: {
    marginLeft: '6px',
    padding: '0 6px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground5,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '18px',
  },
  tab: { padding: '0 12px', height: '39px' },
  content: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, minWidth: 0, gap: '8px' },
  padded: { padding: '12px 16px 12px' },
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  skip: {
    position: 'absolute',
    left: '-9999px',
    ':focus': {
      left: '8px',
      top: '8px',
      zIndex: 10,
      padding: '8px 12px',
      backgroundColor: tokens.colorNeutralBackground1,
    },
  },
});

/** The frame around every view: rail, tenant bar, tabs, status bar. */
export function Shell() {
  const styles = useStyles();
  const route = useNavigation(state => state.route);
  const tenantId = tenantOf(route);
  const tenant = useQuery(queries.tenants(useClient())).data?.find(({ id }) => id === tenantId);
  const place = placeOf(route);
  useSyncKey(tenantId);
  const title = tenant === undefined ? `${place.title} – Backstop` : `${place.title}, ${tenant.displayName} – Backstop`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  const currentTab = tenantTabs.find(tab => tab === route.at);
  return (
    <div className={mergeClasses(styles.shell, tenant !== undefined && isRestoreLocked(tenant) && styles.locked)}>
      <a className={styles.skip} href="#content" onClick={event => focusContent(event)}>
        Go to the content
      </a>
      <Rail className={styles.rail} />
      <TenantBar tenantId={tenantId} />
      <div className={styles.middle}>
        <SignInGate>
          {place.framing === 'tabs' && tenantId !== undefined && (
            <nav aria-label="Parts of the tenant">
              <TabList
                className={styles.tabs}
                selectedValue={currentTab ?? null}
                onTabSelect={(_, data) => {
                  const tab = tenantTabs.find(known => known === data.value);
                  if (tab !== undefined) navigate({ at: tab, tenantId });
                }}
              >
                {tabs.map(({ tab, word }) => (
                  <Tab key={tab} value={tab} className={styles.tab}>
                    {word}
                    {tab === 'gaps' && <GapCount tenantId={tenantId} />}
                  </Tab>
                ))}
              </TabList>
            </nav>
          )}
          <main
            id="content"
            tabIndex={-1}
            aria-label={place.title}
            className={mergeClasses(styles.content, place.framing !== 'bare' && styles.padded)}
          >
            {place.framing === 'tabs' && <h1 className={styles.unseen}>{title}</h1>}
            <OfflineBanner padded={place.framing === 'bare'} />
            <Notices />
            {tenantId !== undefined && <SyncErrors tenantId={tenantId} />}
            <FailureBoundary key={route.at + (tenantId ?? '')}>
              <Suspense fallback={<SkeletonLines label={`Loading ${place.title.toLowerCase()}`} />}>
                {place.view}
              </Suspense>
            </FailureBoundary>
          </main>
        </SignInGate>
      </div>
      <StatusBar tenantId={tenantId} />
      <TenantDialogs />
      <EmailDialog />
      <Palette views={namedViews(tenant)} />
    </div>
  );
}

/** How many gaps are known, beside the word of their tab; nothing while there are none. */
function GapCount({ tenantId }: { tenantId: string }) {
  const styles = useStyles();
  const total = useQuery(queries.gaps(useClient(), tenantId)).data?.total ?? 0;
  return total === 0 ? null : <span className={styles.count}>{formatCount(total)}</span>;
}

/** The hash of the address names the place, so the skip link must not change it. */
function focusContent(event: MouseEvent) {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
