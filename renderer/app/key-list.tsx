import { makeStyles, tokens } from '@fluentui/react-components';
import { useShortcuts } from '../ui/shortcuts.ts';

const useStyles = makeStyles({
  list: { display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '6px 16px', margin: 0, alignItems: 'baseline' },
  keys: { margin: 0, display: 'flex', gap: '4px' },
  key: {
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
    padding: '1px 8px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: '3px',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  does: { margin: 0 },
});

/** Keys that the frame and the tables have everywhere. */
const everywhere = [
  { keys: ['Ctrl', 'K'], does: 'Search all tenants' },
  { keys: ['↑', '↓'], does: 'Move in a table' },
  { keys: ['Shift', '↑ ↓'], does: 'Select the rows on the way' },
  { keys: ['Space'], does: 'Select the row' },
  { keys: ['Ctrl', 'A'], does: 'Select all rows of the filter' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['Home', 'End'], does: 'First and last row' },
  { keys: ['Page Up', 'Page Down'], does: 'One page of rows' },
  { keys: ['Esc'], does: 'Close the panel or dialog' },
  { keys: ['Alt', '←'], does: 'Go back' },
] as const;

/** The keys of the view that is shown first, then those that work everywhere. */
export function KeyList() {
  const styles = useStyles();
  const listed = useShortcuts(state => state.listed).filter(shortcut => shortcut.key !== 'Escape');
  const all = [...listed.map(({ key, does }) => ({ keys: [key], does })), ...everywhere];
  return (
    <dl className={styles.list}>
      {all.map(({ keys, does }) => (
        <div key={does} style={{ display: 'contents' }}>
          <dt className={styles.keys}>
            {keys.map(key => (
              <kbd key={key} className={styles.key}>
                {key}
              </kbd>
            ))}
          </dt>
          <dd className={styles.does}>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
