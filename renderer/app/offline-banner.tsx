import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { PlugDisconnected20Regular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { keys, useClient, useConnectivity, useHostNow, useMyZone } from '../store/index.ts';
import { NoticeBar } from '../ui/notice-bar.tsx';
import { formatClockToSecond, formatMoment } from '../ui/time/format.ts';
import { nextTryInWords } from './offline-words.ts';

const useStyles = makeStyles({
  bar: { flexShrink: 0 },
  padded: { margin: '12px 16px 0' },
  tries: { color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap' },
  // Two words in turn, one place.
  button: { minWidth: '76px', whiteSpace: 'nowrap' },
});

/** Said once, above the view: since when, what still works, and that nothing is sent by itself. */
export function OfflineBanner({ padded }: { padded: boolean }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const connectivity = useConnectivity();
  const zone = useMyZone();
  const now = useHostNow();
  const [triedAt, setTriedAt] = useState<UtcSeconds | undefined>(undefined);
  const tryNow = useMutation({
    mutationFn: () => client.console.tryNow(),
    onSuccess: answer => {
      queryClient.setQueryData(keys.connectivity, answer);
      setTriedAt(answer.state === 'offline' ? now : undefined);
    },
  });
  if (connectivity.state === 'online') return null;
  const { nextTryAt, sinceAt } = connectivity;
  const failed = triedAt === undefined || tryNow.isPending ? '' : `No answer at ${formatClockToSecond(triedAt, zone)}.`;
  const next = nextTryInWords({ isTrying: tryNow.isPending, nextTryAt, now });
  return (
    <div className={padded ? styles.padded : styles.bar}>
      <NoticeBar
        intent="warning"
        icon={<PlugDisconnected20Regular />}
        title={`Offline since ${formatMoment(sinceAt, zone, now)}.`}
        actions={
          <Button className={styles.button} onClick={() => tryNow.mutate()} disabledFocusable={tryNow.isPending}>
            {tryNow.isPending ? 'Trying' : 'Try now'}
          </Button>
        }
      >
        Everything here is from the catalog. Plans can be prepared now and are sent only when you say so, once online.{' '}
        <span className={styles.tries}>
          {/* Read aloud once a try has failed; the countdown is not. */}
          <span role="status">{failed}</span>
          {failed !== '' && ' '}
          {next}
        </span>
      </NoticeBar>
    </div>
  );
}
