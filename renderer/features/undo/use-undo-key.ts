import { type RefObject, useEffect, useRef } from 'react';

/** On an Apple keyboard Alt makes another letter of Z. */
const undoKeys: ReadonlySet<string> = new Set(['z', 'ω']);

const isUndoKey = ({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  altKey && !ctrlKey && !metaKey && undoKeys.has(key.toLowerCase());

/**
 * Alt+Z leads to the button that undoes, from wherever the person is, and what it undoes is read out; Enter is what
 * undoes, for it may be somebody else's. Answers how to go back to where the person came from.
 */
export const useUndoKey = (button: RefObject<HTMLButtonElement | null>): (() => void) => {
  const cameFrom = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // Behind an open dialog there is nothing to lead to.
      if (!isUndoKey(event) || button.current === null || document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      const { activeElement } = document;
      if (activeElement === button.current) return;
      cameFrom.current = activeElement instanceof HTMLElement ? activeElement : null;
      button.current.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [button]);
  return () => {
    cameFrom.current?.focus();
    cameFrom.current = null;
  };
};
