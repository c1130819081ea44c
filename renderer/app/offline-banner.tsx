import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { PlugDisconnected20Regular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, useClient, useConnectivity, useHostNow, useMyZone } from '../store/index.ts';
import { formatDuration, formatMoment } from '../ui/time/format.ts';

const useStyles = makeStyles({
  bar: { flexShrink: 0 },
  padded: { margin: '12px 16px 0' },
  next: { color: tokens.colorNeutralForeground3, alignSelf: 'center' },
});

/** Said once, above the view: since when, what still works, and that nothing is sent by itself. */
export function OfflineBanner({ padded }: { padded: boolean }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const connectivity = useConnectivity();
  const zone = useMyZone();
  const now = useHostNow();
  const tryNow = useMutation({
    mutationFn: () => client.console.tryNow(),
    onSuccess: answer => queryClient.setQueryData(keys.connectivity, answer),
  });
  if (connectivity.state === 'online') return null;
  const { nextTryAt, sinceAt } = connectivity;
  return (
    <MessageBar intent="warning" icon={<PlugDisconnected20Regular />} className={padded ? styles.padded : styles.bar}>
      <MessageBarBody>
        <MessageBarTitle>Offline since {formatMoment(sinceAt, zone, now)}.</MessageBarTitle>
        Everything here is from the catalog. Plans can be prepared now and are sent only when you say so, once online.
      </MessageBarBody>
      <MessageBarActions>
        {nextTryAt !== undefined && nextTryAt > now && (
          <span className={styles.next}>next try in {formatDuration(nextTryAt - now)}</span>
        )}
        <Button appearance="transparent" onClick={() => tryNow.mutate()} disabledFocusable={tryNow.isPending}>
          {tryNow.isPending ? 'Trying' : 'Try now'}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
