import { createPauseTimer } from './pause-timer.ts';
import { type RecognisedScan, type RecogniserSettings, ScanRecogniser } from './scan-recogniser.ts';
import { tellTakenBack } from './taken-back-keys.ts';
import { contentOf, type FieldContent, fieldInFocus, putInto, type TextField, typedInto } from './text-field.ts';

interface ScannerWatchDeps {
  readonly window: Window;
  readonly settings: RecogniserSettings;
  /** A whole code was scanned, at this moment of the window's clock in milliseconds. */
  readonly onScan: (scan: RecognisedScan, atMs: number) => void;
  /** Whether a code is certainly one of ours. */
  readonly isOurs: (text: string) => boolean;
  /** Whether the field in which the scan began is there for such a code: then it gets it, and nobody else does. */
  readonly isFor: (field: TextField, text: string) => boolean;
  /** Whether keys that no field takes belong to somebody else, however fast they come. */
  readonly isOthers: (typed: string) => boolean;
}

/** Keys that change others, or themselves nothing: a scanner holds Shift for a capital. */
const silentKeys: ReadonlySet<string> = new Set(['Shift', 'CapsLock', 'AltGraph', 'NumLock']);

const isShortcut = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph');

/**
 * Listens to every key of the window before anybody else. A person's keys pass; those of a scanner lead to `onScan` and
 * nowhere else: what the first of them did to a field, or to the focus, is taken back. Answers how to stop.
 */
export const watchScanner = ({ window, settings, onScan, isOurs, isFor, isOthers }: ScannerWatchDeps): (() => void) => {
  const { document } = window;
  const recogniser = new ScanRecogniser(settings);
  /** What the fields held before the present run of keys. */
  const before = new Map<TextField, FieldContent>();
  let focusBefore: Element | null = null;
  /** Keys of the run that went neither into a field nor to nobody. */
  let passed = '';

  const begin = (): void => {
    before.clear();
    focusBefore = document.activeElement;
    passed = '';
  };
  const takeBack = (text: string): boolean => {
    for (const [field, content] of before) if (field.isConnected) putInto(field, content);
    if (passed !== '') tellTakenBack(window, passed);
    if (focusBefore !== document.activeElement && focusBefore instanceof HTMLElement) focusBefore.focus();
    const [first] = before;
    if (first === undefined || !isFor(first[0], text)) return false;
    putInto(first[0], typedInto(first[1], text));
    return true;
  };
  const isLeftToOthers = ({ text, end }: RecognisedScan): boolean => {
    if (before.size === 0) return isOthers(text);
    // Programs that write for a person type as fast, and end with nothing either.
    return end === 'pause' && settings.prefix === '' && !isOurs(text);
  };
  /** Answers whether the scan was one for us. */
  const finish = (scan: RecognisedScan, atMs: number): boolean => {
    if (isLeftToOthers(scan)) return false;
    if (!takeBack(scan.text)) onScan(scan, atMs);
    return true;
  };
  const silence = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  /** A key goes where the focus is: what stands there is kept, and where there is no field a scanner's goes nowhere. */
  const pass = (event: KeyboardEvent, isScanners: boolean): void => {
    const field = fieldInFocus(document);
    if (field !== null) {
      if (!before.has(field)) before.set(field, contentOf(field));
    } else if (isScanners) silence(event);
    else passed += event.key;
  };

  const onPause = (): void => {
    // The timer itself has waited long enough.
    const scan = recogniser.pause(Number.POSITIVE_INFINITY);
    if (scan !== null) finish(scan, window.performance.now());
  };
  const pauseTimer = createPauseTimer({ window, patienceMs: recogniser.patienceMs, onPause });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (silentKeys.has(event.key)) return;
    pauseTimer.stop();
    if (event.isComposing || event.repeat || isShortcut(event)) {
      recogniser.forget();
      return;
    }
    const atMs = event.timeStamp;
    const ended = recogniser.pause(atMs);
    if (ended !== null) finish(ended, atMs);
    const verdict = recogniser.press({ key: event.key, atMs });
    switch (verdict.kind) {
      case 'first':
        begin();
        pass(event, false);
        break;
      case 'more':
        pass(event, verdict.sure && !isOthers(verdict.typed));
        break;
      case 'scan':
        if (finish(verdict.scan, atMs)) silence(event);
        return;
      case 'other':
        return;
    }
    pauseTimer.begin();
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    pauseTimer.stop();
    window.removeEventListener('keydown', onKeyDown, { capture: true });
  };
};
