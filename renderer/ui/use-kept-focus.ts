import { useCallback, useEffect, useRef } from 'react';

/**
 * Keeps the focus inside an element whose content changes by steps: a step takes the button that led to it away, and the focus with
 * it, so that neither Escape nor Tab would find the place any more.
 *
 * @returns the ref for the element, which must be focusable
 */
export function useKeptFocus(): (element: HTMLElement | null) => void {
  const kept = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (document.activeElement === document.body) kept.current?.focus();
  });
  return useCallback(element => {
    kept.current = element;
  }, []);
}
