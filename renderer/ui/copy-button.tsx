import { Button, makeStyles } from '@fluentui/react-components';
import { Checkmark16Regular, Copy16Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';

const useStyles = makeStyles({
  live: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** How long "Copied" stays, in milliseconds. */
const SHOWN_MILLIS = 2_000;

/** Copies a text and says so, to the eye and to a screen reader. `what` names the thing: "request id". */
export function CopyButton({ text, what, label }: { text: string; what: string; label?: string }) {
  const styles = useStyles();
  const [outcome, setOutcome] = useState<'copied' | 'refused' | undefined>(undefined);
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MILLIS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  };
  const said = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'The clipboard is not available' : '';
  return (
    <>
      <Button
        appearance="transparent"
        size="small"
        icon={outcome === 'copied' ? <Checkmark16Regular /> : <Copy16Regular />}
        aria-label={label === undefined ? `Copy ${what}` : `${label} ${what}`}
        title={`Copy ${what}`}
        onClick={copy}
      >
        {label === undefined ? null : said === '' ? label : said}
      </Button>
      <span className={styles.live} aria-live="polite">
        {said}
      </span>
    </>
  );
}
