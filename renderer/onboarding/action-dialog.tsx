import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  makeStyles,
} from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PreparedAction, ServiceAction, ServiceStanding } from '../../shared/contract/onboarding.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { type ServiceActionType, takeoverTiming } from '../../shared/domain/onboarding.ts';
import { PreviewStep } from '../changes/index.ts';
import { keys, useClient, useMyZone, useTenantNow } from '../store/index.ts';
import { TenantTitle } from '../ui/tenant-title.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { ActionForm } from './action-form.tsx';
import { ActionPreview } from './action-preview.tsx';
import { ActionSent } from './action-sent.tsx';
import { actionTitles } from './action-words.ts';
import { serviceQueries } from './service-queries.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '680px' },
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  actions: { '& button': { whiteSpace: 'nowrap' } },
});

/** An action on its way, with the tenant's name as it was typed. */
interface Sending {
  readonly prepared: PreparedAction;
  readonly typedName: string;
}

interface ActionDialogProps {
  readonly tenant: Tenant;
  readonly standing: ServiceStanding;
  readonly type: ServiceActionType;
  readonly onClose: () => void;
}

/** An action from what it needs to be told, over what follows from it, to what came of it. Nothing is sent before its consequences were seen. */
export function ActionDialog({ tenant, standing, type, onClose }: ActionDialogProps) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  // What the form asks for is decided when the dialog opens: an answer that comes meanwhile must not take it away.
  const [asksFirst] = useState(() => needsForm(type, standing));
  const [action, setAction] = useState<ServiceAction | undefined>(asksFirst ? undefined : bareAction(type));
  const send = useMutation({
    mutationFn: ({ prepared: { id, needsTypedName }, typedName }: Sending) =>
      client.onboarding.send({ actionId: id, ...(needsTypedName ? { typedName } : {}) }),
    onSettled: () =>
      Promise.all([keys.tenants, keys.home, keys.audit].map(queryKey => queryClient.invalidateQueries({ queryKey }))),
  });
  const surface = useKeptFocus();
  return (
    <Dialog
      open
      onOpenChange={(_, data) => {
        // A click beside the dialog must not lose what was typed.
        if (!data.open && data.type !== 'backdropClick' && !send.isPending) onClose();
      }}
    >
      <DialogSurface ref={surface} className={styles.surface}>
        <DialogBody>
          <TenantTitle tenant={tenant}>{actionTitles[type].title}</TenantTitle>
          {send.data !== undefined ? (
            <>
              <DialogContent className={styles.content}>
                <ActionSent sent={send.data} />
              </DialogContent>
              <DialogActions className={styles.actions}>
                <Button appearance="primary" onClick={onClose}>
                  Close
                </Button>
              </DialogActions>
            </>
          ) : action === undefined ? (
            <ActionForm tenant={tenant} standing={standing} type={type} onCancel={onClose} onDone={setAction} />
          ) : (
            <Preview
              tenant={tenant}
              action={action}
              onBack={asksFirst ? () => setAction(undefined) : undefined}
              onCancel={onClose}
              send={send}
            />
          )}
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function needsForm(type: ServiceActionType, { controller, service }: ServiceStanding): boolean {
  if (type === 'enable') return true;
  return type === 'activate' && takeoverTiming({ controller, service, apps: service?.apps }) !== 'atOnce';
}

function bareAction(type: ServiceActionType): ServiceAction | undefined {
  return type === 'enable' ? undefined : { type };
}

interface PreviewProps {
  readonly tenant: Tenant;
  readonly action: ServiceAction;
  readonly onBack: (() => void) | undefined;
  readonly onCancel: () => void;
  readonly send: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly reset: () => void;
    readonly mutate: (sending: Sending) => void;
  };
}

/** What follows from the action, and the button that sends it. */
function Preview({ tenant, action, onBack, onCancel, send }: PreviewProps) {
  const zone = useMyZone();
  const now = useTenantNow(tenant.id);
  return (
    <PreviewStep
      tenant={tenant}
      prepared={useQuery(serviceQueries.prepared(useClient(), tenant.id, action))}
      scopes="control"
      checking="It is being checked."
      preview={(prepared, goWay) => (
        <ActionPreview prepared={prepared} zone={zone} now={now} canGoBack={onBack !== undefined} onWay={goWay} />
      )}
      send={actionTitles[action.type].send}
      whyNot={send.isPending ? 'It is being sent.' : undefined}
      onBack={onBack}
      onCancel={onCancel}
      onSend={(prepared, typedName) => send.mutate({ prepared, typedName })}
      sendError={send.error}
      onDismissSendError={send.reset}
    />
  );
}
