import { Button, Field, Link, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '../../shared/contract/console.ts';
import { NotificationSettings } from '../notifications/index.ts';
import { DemoChoice, openTenantDialog, SignInAgain } from '../tenants/index.ts';
import { keys, queries, useAccountsAway, useClient, useHostNow } from '../store/index.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Facts } from '../ui/facts.tsx';
import { formatQuantity } from '../ui/number.ts';
import { Segments } from '../ui/segments.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { formatClock } from '../ui/time/format.ts';
import { machineZone, zoneName } from '../ui/time/zone.ts';
import { ZonePicker } from '../ui/zone-picker.tsx';
import { BackgroundCard } from './background-card.tsx';
import { Card } from './card.tsx';
import { useSignOut } from './use-sign-out.ts';

const useStyles = makeStyles({
  // The whole page scrolls, its cards keep to a width that can be read.
  view: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    overflowY: 'auto',
    minHeight: 0,
    '& > *': { maxWidth: '720px', boxSizing: 'border-box' },
  },
  title: { fontSize: '20px', lineHeight: '28px', fontWeight: tokens.fontWeightSemibold, margin: 0 },
  zone: { width: '320px', maxWidth: '100%' },
  account: { display: 'flex', flexDirection: 'column', gap: '8px', alignItems: 'flex-start' },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  path: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', overflowWrap: 'anywhere' },
});

/** Theme, time zone, background sync, account, profile, and the way to the demo and back. */
export function SettingsView() {
  const styles = useStyles();
  const client = useClient();
  const settings = useQuery(queries.settings(client));
  return (
    <div className={styles.view}>
      <h1 className={styles.title}>Settings</h1>
      {settings.error !== null ? (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.data === undefined ? (
        <SkeletonLines label="Loading the settings" />
      ) : (
        <>
          <Looks settings={settings.data} />
          <BackgroundCard settings={settings.data.background} />
        </>
      )}
      <Card title="Notifications">
        <NotificationSettings />
      </Card>
      <Account />
      <Profile />
    </div>
  );
}

function Looks({ settings }: { settings: Settings }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const now = useHostNow();
  const change = useMutation({
    mutationFn: (part: Partial<Settings>) => client.console.changeSettings(part),
    onSuccess: answer => queryClient.setQueryData(keys.settings, answer),
  });
  const zone = settings.timeZone ?? machineZone();
  return (
    <>
      {change.error !== null && <ErrorBar error={change.error} onDismiss={change.reset} />}
      <Card title="Theme">
        <Segments
          label="Theme"
          value={settings.theme}
          onChange={theme => change.mutate({ theme })}
          segments={[
            { id: 'system', word: 'As the system' },
            { id: 'light', word: 'Light' },
            { id: 'dark', word: 'Dark' },
          ]}
        />
      </Card>
      <Card title="Your time zone">
        <Field
          className={styles.zone}
          label="Times are shown in"
          hint={`${settings.timeZone === undefined ? 'The zone of this machine. ' : ''}It is ${formatClock(now, zone)} ${zoneName(zone, now)}.`}
        >
          <ZonePicker value={zone} now={now} onChange={timeZone => change.mutate({ timeZone })} />
        </Field>
        {settings.timeZone !== undefined && settings.timeZone !== machineZone() && (
          <Link onClick={() => change.mutate({ timeZone: machineZone() })}>
            Use the zone of this machine, {machineZone()}
          </Link>
        )}
      </Card>
    </>
  );
}

function Account() {
  const styles = useStyles();
  const client = useClient();
  const state = useQuery(queries.account(client)).data;
  const tenants = useQuery(queries.tenants(client)).data ?? [];
  const away = useAccountsAway();
  const signOut = useSignOut();
  const accounts = state?.accounts ?? [];
  const usesOf = (id: string) => tenants.filter(({ access }) => access?.account?.id === id).length;
  return (
    <Card title={accounts.length + away.length > 1 ? 'Accounts' : 'Account'}>
      {accounts.map(({ id, displayName, username, homeTenantId }) => (
        <div key={id} className={styles.account}>
          <Facts
            facts={[
              { name: 'Name', value: displayName },
              { name: 'Account', value: username },
              { name: 'Works in', value: formatQuantity(usesOf(id), 'tenant') },
              {
                name: 'Home tenant',
                value: (
                  <>
                    <span className={styles.path}>{homeTenantId}</span>{' '}
                    <CopyButton text={homeTenantId} what="tenant id" />
                  </>
                ),
              },
            ]}
          />
          <Button
            {...(accounts.length + away.length > 1 ? { 'aria-label': `Sign out ${username}` } : {})}
            onClick={() => signOut.mutate(id)}
          >
            Sign out
          </Button>
        </div>
      ))}
      {accounts.length > 0 &&
        away.map(({ account, tenants: waiting }) => (
          <div key={account.id} className={styles.account}>
            <p className={styles.text}>
              {`${account.username} is signed out; ${formatQuantity(waiting.length, 'tenant')} can’t be asked.`}
            </p>
            <SignInAgain username={account.username} />
          </div>
        ))}
      {signOut.error !== null && <ErrorBar error={signOut.error} />}
      {accounts.length > 0 ? (
        <>
          <p className={styles.text}>
            Signing out deletes the account and its tokens of every tenant from this machine. Other accounts, catalog
            and plans stay.
          </p>
          <Button onClick={() => openTenantDialog({ is: 'signIn' })}>Add an account…</Button>
        </>
      ) : (
        <>
          <p className={styles.text}>
            {state?.signingIn !== undefined
              ? 'A sign-in is open in the browser.'
              : 'You are signed out. What is in the catalog stays readable.'}
          </p>
          <SignInAgain />
        </>
      )}
    </Card>
  );
}

function Profile() {
  const styles = useStyles();
  const state = useQuery(queries.consoleState(useClient())).data;
  if (state === undefined) return null;
  return (
    <Card title="Profile">
      <Facts
        facts={[
          { name: 'Open now', value: state.profile === 'demo' ? 'the demo tenants' : 'your own tenants' },
          {
            name: 'Folder',
            value: (
              <>
                <span className={styles.path}>{state.profilePath}</span>{' '}
                <CopyButton text={state.profilePath} what="path" />
              </>
            ),
          },
          {
            name: 'Sign-in',
            value: state.remembersSignIn ? 'kept encrypted on this machine' : 'kept in memory, ends with the console',
          },
          { name: 'Version', value: `Backstop ${state.version}` },
        ]}
      />
      {state.canSwitchProfile ? (
        <DemoChoice />
      ) : (
        <p className={styles.text}>
          This host shows the demo tenants alone. Your own tenants open in the desktop application.
        </p>
      )}
    </Card>
  );
}
