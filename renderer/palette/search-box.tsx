import { makeStyles, tokens } from '@fluentui/react-components';
import { Search16Regular } from '@fluentui/react-icons';
import { useEffect } from 'react';
import { openPalette } from './palette-store.ts';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    width: '100%',
    maxWidth: '340px',
    minWidth: 0,
    justifySelf: 'center',
    overflow: 'hidden',
    height: '32px',
    padding: '0 8px',
    boxSizing: 'border-box',
    font: 'inherit',
    textAlign: 'start',
    color: tokens.colorNeutralForeground3,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderBottomColor: tokens.colorNeutralStrokeAccessible,
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'text',
    ':hover': { border: `1px solid ${tokens.colorNeutralStroke1Hover}` },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  words: { flexGrow: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  key: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '3px',
    padding: '0 6px',
    fontSize: '11px',
    lineHeight: '16px',
    fontFamily: tokens.fontFamilyBase,
    whiteSpace: 'nowrap',
    '@media (max-width: 1400px)': { display: 'none' },
  },
});

const isApple = navigator.userAgent.includes('Mac');

/** Opens the search over all tenants; so does Ctrl+K (⌘K) from anywhere but a dialog. */
export function SearchBox() {
  const styles = useStyles();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey))
        return;
      if (document.querySelector('[role=dialog][aria-modal=true]') !== null) return;
      event.preventDefault();
      openPalette();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <button
      type="button"
      className={styles.box}
      aria-keyshortcuts={isApple ? 'Meta+K' : 'Control+K'}
      aria-haspopup="dialog"
      onClick={openPalette}
    >
      <Search16Regular aria-hidden />
      <span className={styles.words}>Search all tenants</span>
      <kbd className={styles.key} aria-hidden>
        {isApple ? '⌘K' : 'Ctrl+K'}
      </kbd>
    </button>
  );
}
