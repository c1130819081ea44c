import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from '@fluentui/react-components';
import { useIsOffline } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { offlineReasons } from '../ui/offline-reason.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { closeTenantDialog } from './tenant-dialogs-store.ts';
import { useSignIn } from './use-sign-in.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  text: { margin: 0, overflowWrap: 'anywhere' },
});

/** Signs a further account in, or one that is signed out: says who is meant before the browser opens. */
export function SignInDialog({ username }: { username: string | undefined }) {
  const styles = useStyles();
  const isOffline = useIsOffline();
  const { cancel, error, isSigningIn, signIn } = useSignIn(closeTenantDialog);
  return (
    <Dialog open onOpenChange={(_, data) => (data.open || isSigningIn ? undefined : closeTenantDialog())}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{username === undefined ? 'Add an account' : 'Sign in again'}</DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.text}>
              {username === undefined
                ? 'The browser opens for the sign-in. Whoever signs in there works beside those who are signed in; tenants keep the account that they have.'
                : `The browser opens for a sign-in at home as ${username}. Tenants that this account works in are asked again afterwards.`}
            </p>
            {isSigningIn && (
              <p className={styles.text} role="status">
                The browser is open. Finish the sign-in there, then come back.
              </p>
            )}
            {error !== undefined && <ErrorBar error={error} />}
          </DialogContent>
          <DialogActions>
            {!isSigningIn && <Button onClick={closeTenantDialog}>Cancel</Button>}
            <CommandButton
              appearance="primary"
              disabledReason={isOffline ? offlineReasons.signIn : undefined}
              running={isSigningIn ? { label: 'Cancel the sign-in', onStop: cancel } : undefined}
              onClick={() => signIn(username)}
            >
              Open the browser
            </CommandButton>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
