import { type RefObject, useEffect, useRef } from 'react';
import { useScanner } from '../../app-context.ts';

interface ScannedMark<Element> {
  readonly ref: RefObject<Element | null>;
  readonly isScanned: boolean;
}

/** Whether an item is the one that was scanned; what stands at `ref` is led to each time it is scanned. */
export const useScannedItem = <Element extends HTMLElement>(itemId: number): ScannedMark<Element> => {
  const ref = useRef<Element>(null);
  const isScanned = useScanner((state) => state.current?.item.id === itemId);
  const shownBy = useScanner((state) => (state.lastScan?.answer.kind === 'itemShown' ? state.lastScan.sequence : 0));
  useEffect(() => {
    if (!isScanned || shownBy === 0) return;
    ref.current?.focus({ preventScroll: true });
    ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isScanned, shownBy]);
  return { ref, isScanned };
};
