import { useEffect, useRef } from 'react';
import { create } from 'zustand';

/** A key and what it does, for as long as the view that offers it is there. */
interface Shortcut {
  /** As `KeyboardEvent.key`: `/`, `F5`, `?`, `Escape`. */
  readonly key: string;
  readonly does: string;
}

interface Shortcuts {
  readonly listed: readonly Shortcut[];
  readonly add: (shortcut: Shortcut) => void;
  readonly remove: (shortcut: Shortcut) => void;
}

/** The keys that work right now; `?` lists them. */
export const useShortcuts = create<Shortcuts>()(set => ({
  listed: [],
  add: shortcut => set(state => ({ listed: [...state.listed, shortcut] })),
  remove: shortcut => set(state => ({ listed: state.listed.filter(listed => listed !== shortcut) })),
}));

/** Whether a key typed here belongs to a text field, not to the view around it. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'))
  );
}

/** Offers a key while the component is there. In a text field only Escape and the function keys reach it, in a dialog none but its own. */
export function useShortcut(key: string, does: string, act: () => void, isOn = true): void {
  const current = useRef(act);
  useEffect(() => {
    current.current = act;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    const shortcut = { key, does };
    useShortcuts.getState().add(shortcut);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const isText = key.length === 1;
      if (isText && isTyping(event.target)) return;
      if (document.querySelector('[role=dialog][aria-modal=true]') !== null) return;
      event.preventDefault();
      current.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      useShortcuts.getState().remove(shortcut);
    };
  }, [key, does, isOn]);
}
