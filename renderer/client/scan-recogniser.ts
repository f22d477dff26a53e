/** A key that was pressed: the character it wrote, or what ends a scan. */
export interface KeyStroke {
  readonly key: string;
  /** By the clock of the key presses, in milliseconds. */
  readonly atMs: number;
}

export interface RecogniserSettings {
  /** What the scanner types before each code; a run of keys without it is none. */
  readonly prefix: string;
  /** The longest pause between two keys, in milliseconds. */
  readonly keyGapMs: number;
}

/** A code as a scanner typed it. */
export interface RecognisedScan {
  /** Without the prefix. */
  readonly text: string;
  readonly end: 'Enter' | 'Tab' | 'pause';
  /** The pauses between its keys, in milliseconds. */
  readonly gapsMs: readonly number[];
}

/** What a key press is: the possible first of a scan, one more of it, its end, or no scanner's. */
export type KeyVerdict =
  | { readonly kind: 'first' }
  /** `sure`: so many came so fast that no person typed them; `typed`: all of them. */
  | { readonly kind: 'more'; readonly sure: boolean; readonly typed: string }
  | { readonly kind: 'scan'; readonly scan: RecognisedScan }
  | { readonly kind: 'other' };

/** So many fast pauses in a row are a scanner's: two keys may slip under a person's hand together, four never do. */
const sureAfterGaps = 3;
/** Once it is surely a scanner, a busy computer may hold it up for so many usual pauses; no key for longer ends the scan. */
const stallGaps = 5;
/** Shorter runs are no code. What a prefix announces may be shorter; what nothing ends must be longer. */
const fewestCharacters = 4;
const fewestPrefixed = 1;
const fewestUnended = 6;

const isEnd = (key: string): key is 'Enter' | 'Tab' => key === 'Enter' || key === 'Tab';
const isCharacter = (key: string): boolean => Array.from(key).length === 1;

/** Tells a scanner that types like a keyboard from a person by its speed, key by key. */
export class ScanRecogniser {
  readonly #settings: RecogniserSettings;
  #typed = '';
  #gapsMs: number[] = [];
  #fastInRow = 0;
  #lastAtMs = 0;

  constructor(settings: RecogniserSettings) {
    this.#settings = settings;
  }

  /** How long a scanner may be silent in the middle of a code, in milliseconds; after that the code is over. */
  get patienceMs(): number {
    return this.#settings.keyGapMs * stallGaps;
  }

  press({ key, atMs }: KeyStroke): KeyVerdict {
    const gapMs = atMs - this.#lastAtMs;
    const isSure = this.#fastInRow >= sureAfterGaps;
    const goesOn = this.#typed !== '' && gapMs <= (isSure || isEnd(key) ? this.patienceMs : this.#settings.keyGapMs);
    if (isEnd(key)) {
      const scan = goesOn ? this.#finish(key) : null;
      this.forget();
      return scan === null ? { kind: 'other' } : { kind: 'scan', scan };
    }
    if (!isCharacter(key)) {
      this.forget();
      return { kind: 'other' };
    }
    this.#lastAtMs = atMs;
    if (!goesOn) {
      this.forget();
      this.#typed = key;
      return { kind: 'first' };
    }
    this.#typed += key;
    this.#gapsMs.push(gapMs);
    this.#fastInRow = gapMs <= this.#settings.keyGapMs ? this.#fastInRow + 1 : 0;
    return { kind: 'more', sure: this.#gapsMs.length >= sureAfterGaps, typed: this.#typed };
  }

  /** No key came until this moment: the scan that this ends, if it was one. */
  pause(nowMs: number): RecognisedScan | null {
    if (this.#typed === '' || nowMs - this.#lastAtMs <= this.patienceMs) return null;
    const scan = this.#finish('pause');
    this.forget();
    return scan;
  }

  /** What was typed so far belongs to no scan. */
  forget(): void {
    this.#typed = '';
    this.#gapsMs = [];
    this.#fastInRow = 0;
  }

  #finish(end: RecognisedScan['end']): RecognisedScan | null {
    const { prefix } = this.#settings;
    if (!this.#typed.startsWith(prefix)) return null;
    const text = this.#typed.slice(prefix.length).trim();
    const fewest = prefix === '' ? fewestCharacters : fewestPrefixed;
    if (Array.from(text).length < (end === 'pause' ? Math.max(fewest, fewestUnended) : fewest)) return null;
    return { text, end, gapsMs: this.#gapsMs };
  }
}
