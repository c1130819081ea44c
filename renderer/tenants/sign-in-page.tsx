import { makeStyles, tokens } from '@fluentui/react-components';
import { ShieldCheckmark24Filled } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { DemoChoice } from './demo-choice.tsx';
import { queries, useClient, useIsOffline } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { offlineReasons } from '../ui/offline-reason.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { useSignIn } from './use-sign-in.ts';

const useStyles = makeStyles({
  page: { flexGrow: 1, display: 'grid', placeItems: 'center', padding: '24px', overflowY: 'auto' },
  card: {
    width: '440px',
    maxWidth: '100%',
    boxSizing: 'border-box',
    padding: '28px 32px',
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  head: { display: 'flex', alignItems: 'center', gap: '12px' },
  mark: {
    width: '36px',
    height: '36px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: '#0f6cbd',
    color: '#ffffff',
    display: 'grid',
    placeItems: 'center',
  },
  title: { fontSize: '20px', lineHeight: '28px', fontWeight: tokens.fontWeightSemibold, margin: 0 },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  small: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
});

/** The first page of a console that knows nothing yet. */
export function SignInPage() {
  const styles = useStyles();
  const client = useClient();
  const isOffline = useIsOffline();
  const state = useQuery(queries.consoleState(client)).data;
  const { cancel, error, isSigningIn, signIn } = useSignIn();
  const isDemo = state?.profile === 'demo';
  return (
    <main className={styles.page} id="content" tabIndex={-1}>
      <div className={styles.card}>
        <div className={styles.head}>
          <span className={styles.mark} aria-hidden>
            <ShieldCheckmark24Filled />
          </span>
          <h1 className={styles.title}>Sign in to Backstop</h1>
        </div>
        <p className={styles.text}>
          {isDemo
            ? 'These are demo tenants: invented organisations on an emulator that runs on this machine. The browser opens a small page where an invented account is chosen. Nothing leaves the machine.'
            : 'One sign-in at home reaches every customer tenant that your account has access to. It happens in your browser; Backstop never sees a password.'}
        </p>
        {error !== undefined && <ErrorBar error={error} />}
        {isSigningIn && (
          <p className={styles.text} role="status">
            The browser is open. Finish the sign-in there, then come back.
          </p>
        )}
        <div className={styles.actions}>
          <CommandButton
            appearance={isSigningIn ? 'secondary' : 'primary'}
            onClick={() => signIn()}
            disabledReason={isOffline ? offlineReasons.signIn : undefined}
            running={isSigningIn ? { label: 'Cancel the sign-in', onStop: cancel } : undefined}
          >
            Sign in
          </CommandButton>
          {!isSigningIn && <DemoChoice />}
        </div>
        {state?.remembersSignIn === false && (
          <p className={styles.small}>The sign-in is kept in memory only and ends with the console.</p>
        )}
      </div>
    </main>
  );
}
