import { Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BackgroundSettings } from '../../shared/contract/console.ts';
import { keys, queries, useClient } from '../store/index.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { Card } from './card.tsx';
import { readQuestions } from './questions-a-day.ts';

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  number: { width: '320px', maxWidth: '100%' },
  option: { display: 'flex', flexDirection: 'column' },
  // The box of a setting stands under the text, as in the other cards.
  box: { marginLeft: '-8px' },
  hint: {
    paddingLeft: '28px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

/** What the console does by itself, and how much it may ask. */
export function BackgroundCard({ settings }: { settings: BackgroundSettings }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const state = useQuery(queries.background(client)).data;
  const change = useMutation({
    mutationFn: (part: Partial<BackgroundSettings>) =>
      client.console.changeSettings({ background: { ...settings, ...part } }),
    onSuccess: answer => queryClient.setQueryData(keys.settings, answer),
  });
  return (
    <Card title="Background sync">
      <p className={styles.text}>
        While the console is open, online and signed in, it reads every tenant by itself and asks for the newest restore
        points, a few tenants at a time. It changes nothing in any tenant, and what you ask for goes first.
      </p>
      {state?.is === 'offAtStart' && (
        <p className={styles.text}>
          This console was started without it; what you set here counts from the next start.
        </p>
      )}
      {change.error !== null && <ErrorBar error={change.error} onDismiss={change.reset} />}
      <Checkbox
        className={styles.box}
        label="Sync every tenant in the background"
        checked={settings.on}
        onChange={(_, { checked }) => change.mutate({ on: checked === true })}
      />
      <div className={styles.option}>
        <Checkbox
          className={styles.box}
          label="Ask for landmarks too"
          checked={settings.landmarks}
          disabled={!settings.on}
          onChange={(_, { checked }) => change.mutate({ landmarks: checked === true })}
        />
        <span className={styles.hint}>
          The newest point before each day of the last two weeks and before each week beyond, once each and spread over
          the day. With them, an incident time answered offline comes out close.
        </span>
      </div>
      <QuestionsField
        key={settings.questionsADay}
        value={settings.questionsADay}
        isDisabled={!settings.on}
        onChange={questionsADay => change.mutate({ questionsADay })}
      />
    </Card>
  );
}

/** A number that counts once it is left or confirmed, and only where it is one. */
function QuestionsField({
  value,
  isDisabled,
  onChange,
}: {
  value: number;
  isDisabled: boolean;
  onChange: (value: number) => void;
}) {
  const styles = useStyles();
  const [text, setText] = useState(String(value));
  const read = readQuestions(text);
  const take = () => {
    if (typeof read === 'number' && read !== value) onChange(read);
  };
  return (
    <Field
      className={styles.number}
      label="Questions a tenant and day"
      hint="A question asks for the restore points of up to 20 units. Yours count too, and are never refused."
      {...(typeof read === 'number' ? {} : { validationState: 'error', validationMessage: read })}
    >
      <Input
        value={text}
        inputMode="numeric"
        disabled={isDisabled}
        onChange={(_, data) => setText(data.value)}
        onBlur={take}
        onKeyDown={event => {
          if (event.key === 'Enter') take();
        }}
      />
    </Field>
  );
}
