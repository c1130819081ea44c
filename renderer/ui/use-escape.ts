import { useEffect, useRef } from 'react';

/**
 * Takes Escape before anything else on the page does, wherever the focus is, for as long as the component is there. For a dialog
 * without a list or menu of its own, which the key would have to close first.
 */
export function useEscape(act: () => void): void {
  const current = useRef(act);
  useEffect(() => {
    current.current = act;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      current.current();
    };
    // Tooltips listen at the document, in the same phase; the window comes before it.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}
