import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Edit16Regular } from '@fluentui/react-icons';
import { useState } from 'react';

const useStyles = makeStyles({
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  line: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '2px',
    minWidth: 0,
    color: tokens.colorNeutralForeground2,
  },
  input: { width: '280px' },
});

/** The plan's name, and the way to give it another. */
export function PlanName({ name, onRename }: { name: string; onRename: (name: string) => void }) {
  const styles = useStyles();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const finish = () => {
    const next = typed?.trim() ?? '';
    if (next !== '' && next !== name) onRename(next);
    setTyped(undefined);
  };
  if (typed === undefined)
    return (
      <span className={styles.line}>
        <span className={styles.name} title={name}>
          {name}
        </span>
        <Button
          appearance="transparent"
          size="small"
          icon={<Edit16Regular />}
          aria-label="Rename the plan"
          title="Rename the plan"
          onClick={() => setTyped(name)}
        />
      </span>
    );
  return (
    <Input
      className={styles.input}
      size="small"
      aria-label="Name of the plan"
      value={typed}
      maxLength={200}
      input={{ ref: element => element?.focus() }}
      onChange={(_, data) => setTyped(data.value)}
      onBlur={finish}
      onKeyDown={event => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape') setTyped(undefined);
      }}
    />
  );
}
