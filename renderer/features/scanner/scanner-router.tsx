import { useEffect, useMemo } from 'react';
import { usePeople, useScanner, useStores } from '../../app-context.ts';
import { watchScanner } from '../../client/scanner-watch.ts';
import type { TextField } from '../../client/text-field.ts';
import { itemOfCode } from '../print/item-code.ts';
import { commandOfCode } from './command-code.ts';
import { ScanQueue } from './scan-queue.ts';
import { useScanDesk } from './use-scan-desk.ts';

/** How soon after a dialog was closed the scans go on that waited for it. */
const lookAgainMs = 200;

const isDialogOpen = (): boolean => document.querySelector('[role="dialog"]') !== null;

const isOurs = (text: string): boolean => itemOfCode(text) !== null || commandOfCode(text) !== null;

/**
 * A field for a tracking number gets what a parcel's label says, but no code of ours. What fills in passwords types as
 * fast as a scanner.
 */
const isFor = (field: TextField, text: string): boolean =>
  field.type === 'password' || (field.dataset.scan === 'tracking' && !isOurs(text));

/** A quick hand, or a reader of badges, at the question for a PIN. */
const isOthers = (typed: string): boolean =>
  /^\d{1,12}$/.test(typed) && document.querySelector('[data-pin-pad]') !== null;

/** Hears the scanner on every screen and leads each scan to where it belongs. Shows nothing itself. */
export const ScannerRouter = () => {
  const stores = useStores();
  const desk = useScanDesk();
  const settings = useScanner((state) => state.settings);
  const waits = useScanner((state) => state.waiting > 0);
  const letGo = useScanner((state) => state.letGo);
  const mustSignIn = usePeople((state) => state.people.length > 0 && state.signedIn === null);
  const queue = useMemo(
    () =>
      new ScanQueue({
        handle: desk.handle,
        mayHandle: () => !isDialogOpen(),
        onWaiting: (waiting) => stores.scanner.getState().setWaiting(waiting),
        onExpired: () => stores.scanner.getState().answer({ kind: 'expired' }),
      }),
    [desk, stores],
  );
  useEffect(
    () =>
      watchScanner({
        window,
        settings,
        isOurs,
        isFor,
        isOthers,
        onScan: ({ text }, atMs) => {
          if (queue.push(text, atMs) && isDialogOpen()) stores.scanner.getState().answer({ kind: 'dialogOpen' });
        },
      }),
    [settings, queue, stores],
  );
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(() => queue.wake(performance.now()), lookAgainMs);
    return () => clearInterval(timer);
  }, [waits, queue]);
  // Whoever comes next has another item in the hand.
  useEffect(() => {
    if (mustSignIn) letGo();
  }, [mustSignIn, letGo]);
  return null;
};
