import { Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NotificationSettings as Settings } from '../../shared/contract/notifications.ts';
import { notificationSorts } from '../../shared/domain/notifications/index.ts';
import { useClient, useMyZone } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { askBrowser, browserPermission, showInBrowser } from './browser-notification.ts';
import { notificationQueries } from './notification-queries.ts';
import { minuteInWords, readMinute, sortWords, testInWords } from './notification-words.ts';

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '12px', alignItems: 'flex-start', width: '100%' },
  group: { border: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  legend: { padding: 0, color: tokens.colorNeutralForeground2, marginBottom: '4px' },
  times: { display: 'flex', gap: '12px', alignItems: 'flex-start', flexWrap: 'wrap' },
  time: { width: '120px' },
  // A text field is some twenty letters wide by itself, whatever its place.
  typed: { width: '100%', minWidth: 0, '& input': { width: '100%', minWidth: 0 } },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  box: { marginLeft: '-8px' },
});

/** A working night, to begin with. */
const FIRST_QUIET = { from: 22 * 60, to: 7 * 60 };

/** What is told and when, and a test of whether it is seen. */
export function NotificationSettings() {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const settings = useQuery(notificationQueries.settings(client));
  const change = useMutation({
    mutationFn: (after: Settings) => client.notifications.changeSettings(after),
    onSuccess: answer => queryClient.setQueryData(notificationQueries.settings(client).queryKey, answer),
  });
  if (settings.error !== null) return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />;
  if (settings.data === undefined) return <SkeletonLines label="Loading what is told" />;
  const { criticalBreaksThrough, quiet, sorts } = settings.data;
  const put = (part: Partial<Settings>) => change.mutate({ ...settings.data, ...part });
  return (
    <div className={styles.all}>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Tell me when</legend>
        {notificationSorts.map(sort => (
          <Checkbox
            key={sort}
            className={styles.box}
            label={sortWords[sort]}
            checked={sorts[sort]}
            onChange={(_, { checked }) => put({ sorts: { ...sorts, [sort]: checked === true } })}
          />
        ))}
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Quiet hours</legend>
        <Checkbox
          className={styles.box}
          label="Tell nothing in the quiet hours, and all of it in one summary at their end"
          checked={quiet !== undefined}
          onChange={(_, { checked }) => {
            const { quiet: _before, ...rest } = settings.data;
            change.mutate(checked === true ? { ...rest, quiet: FIRST_QUIET } : rest);
          }}
        />
        {quiet !== undefined && (
          <>
            <QuietTimes from={quiet.from} to={quiet.to} onChange={after => put({ quiet: after })} />
            <Checkbox
              className={styles.box}
              label="Tell what is critical all the same: a tenant that turned critical, control that was lost, a restore that waits"
              checked={criticalBreaksThrough}
              onChange={(_, { checked }) => put({ criticalBreaksThrough: checked === true })}
            />
          </>
        )}
      </fieldset>
      {change.error !== null && <ErrorBar error={change.error} onDismiss={change.reset} />}
      <Test />
    </div>
  );
}

interface QuietTimesProps {
  readonly from: number;
  readonly to: number;
  readonly onChange: (quiet: { from: number; to: number }) => void;
}

/** From and to, typed; kept as soon as both can be read and one of them is left. */
function QuietTimes({ from, to, onChange }: QuietTimesProps) {
  const styles = useStyles();
  const zone = useMyZone();
  const [typed, setTyped] = useState({ from: minuteInWords(from), to: minuteInWords(to) });
  const read = { from: readMinute(typed.from), to: readMinute(typed.to) };
  const isSame = read.from !== undefined && read.from === read.to;
  const keep = () => {
    if (read.from === undefined || read.to === undefined || isSame) return;
    if (read.from !== from || read.to !== to) onChange({ from: read.from, to: read.to });
  };
  const problem = (minute: number | undefined) =>
    minute === undefined ? 'Write the time as 22:00.' : isSame ? 'The two times are the same.' : undefined;
  return (
    <>
      <div className={styles.times}>
        {(['from', 'to'] as const).map(end => {
          const message = problem(read[end]);
          return (
            <Field
              key={end}
              className={styles.time}
              label={end === 'from' ? 'From' : 'To'}
              validationState={message === undefined ? 'none' : 'error'}
              {...(message === undefined ? {} : { validationMessage: message })}
            >
              <Input
                className={styles.typed}
                value={typed[end]}
                onChange={(_, { value }) => setTyped({ ...typed, [end]: value })}
                onBlur={keep}
                onKeyDown={event => {
                  if (event.key === 'Enter') keep();
                }}
              />
            </Field>
          );
        })}
      </div>
      <p className={styles.text}>By the clock at the lower right, in your time zone, {zone.replaceAll('_', ' ')}.</p>
    </>
  );
}

/** Shows one now, and says whether it was shown. The browser is asked for its permission by this click alone. */
function Test() {
  const styles = useStyles();
  const client = useClient();
  const shownBy = useQuery(notificationQueries.list(client)).data?.shownBy;
  const test = useMutation({
    mutationFn: async () => {
      if (shownBy !== 'page') return client.notifications.test();
      if (browserPermission() === 'default') await askBrowser();
      return showInBrowser({
        id: 'test',
        title: 'Backstop',
        body: 'A test notification. What happens to restores and tenants is told like this.',
        onClick: () => undefined,
      });
    },
  });
  if (shownBy === undefined) return null;
  const result = test.data === undefined ? undefined : testInWords(test.data, shownBy);
  return (
    <>
      <p className={styles.text}>
        {shownBy === 'system'
          ? 'The system shows them; a click opens what they speak of.'
          : 'The browser shows them while a page of Backstop is open, once you allow it; a click opens what they speak of.'}
      </p>
      <CommandButton
        disabledReason={test.isPending ? 'The test is under way.' : undefined}
        hint={shownBy === 'page' && browserPermission() === 'default' ? 'The browser asks you first.' : undefined}
        onClick={() => test.mutate()}
      >
        Show a test notification
      </CommandButton>
      <p className={styles.text} role="status">
        {result?.words}
      </p>
      {test.error !== null && <ErrorBar error={test.error} onDismiss={test.reset} />}
    </>
  );
}
