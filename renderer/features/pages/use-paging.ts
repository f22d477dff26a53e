import { type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';

/** A finger that moves so far sideways means the next page, or the one before. */
const swipePx = 60;

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  PageDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  PageUp: -1,
};

/** Which page is looked at, and the keys and swipes that turn it. */
export const usePaging = (pages: number) => {
  const [wanted, setWanted] = useState(1);
  const start = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const page = Math.min(Math.max(1, wanted), Math.max(1, pages));
  const goTo = (target: number): void => setWanted(Math.min(Math.max(1, Math.round(target)), Math.max(1, pages)));

  // Wherever the focus is: a button that is pressed for the last time loses it.
  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.target instanceof HTMLInputElement) return;
    const step = steps[event.key];
    const target = step === undefined ? { Home: 1, End: pages }[event.key] : page + step;
    if (target === undefined) return;
    event.preventDefault();
    goTo(target);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  const swipe = {
    onPointerDown: ({ clientX, clientY, isPrimary }: PointerEvent): void => {
      start.current = isPrimary ? { x: clientX, y: clientY } : null;
    },
    onPointerUp: ({ clientX, clientY }: PointerEvent): void => {
      const from = start.current;
      start.current = null;
      if (from === null) return;
      const sideways = clientX - from.x;
      if (Math.abs(sideways) < swipePx || Math.abs(sideways) < 2 * Math.abs(clientY - from.y)) return;
      goTo(sideways < 0 ? page + 1 : page - 1);
    },
    onPointerCancel: (): void => {
      start.current = null;
    },
  };
  return { page, goTo, swipe };
};
