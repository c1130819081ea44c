import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useWordContext } from '../store/index.ts';
import { messageFor } from '../ui/messages.ts';

/** Over everything, once main no longer answers: what is on screen can't be trusted to be new, and no command would arrive. */
export function BridgeGone() {
  const message = messageFor({ code: 'BRIDGE_CLOSED' }, useWordContext());
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{message.what}</DialogTitle>
          <DialogContent>
            {message.why} {message.next}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={() => window.location.reload()}>
              Reload
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
