import { useEffect, useState } from 'react';

/** What is faster than this is not announced as loading; a flash of grey tells nobody anything. */
const SKELETON_AFTER_MILLIS = 150;

/** True once `waiting` has been true for a while without a break. */
export function useDelayed(waiting: boolean, millis = SKELETON_AFTER_MILLIS): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setLate(true), millis);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [waiting, millis]);
  return waiting && isLate;
}
