import { answerLines } from './answer-lines.ts';
import { fileLines } from './file-lines.ts';
import { folderLines } from './folder-lines.ts';
import { frameLines } from './frame-lines.ts';
import { jobLines } from './job-lines.ts';
import { filled, type LineValues } from './line-template.ts';
import { refusalLines } from './refusal-lines.ts';
import { signalLines } from './signal-lines.ts';
import { testLines } from './test-lines.ts';

/**
 * The lines that the station writes for people, by their codes. They are stored, logged and printed in English; a screen
 * recognises them by their templates and says them in its reader's language.
 */
export const stationLines = {
  ...frameLines,
  ...fileLines,
  ...answerLines,
  ...signalLines,
  ...folderLines,
  ...jobLines,
  ...testLines,
  ...refusalLines,
} as const;

export type LineCode = keyof typeof stationLines;

type ValuesOf<Code extends LineCode> = LineValues<(typeof stationLines)[Code]>;
/** A template without values takes none. */
type Arguments<Code extends LineCode> = keyof ValuesOf<Code> extends never ? [] : [values: ValuesOf<Code>];

/** The English line of a code, filled with its values. */
export const stationLine = <Code extends LineCode>(code: Code, ...[values]: Arguments<Code>): string =>
  filled(stationLines[code], values ?? {});

type SayingCode = { [Code in LineCode]: `${Code}Saying` extends LineCode ? Code : never }[LineCode];

/** The line of a code, or of its twin that ends in the other side's own words, when there are any. */
export const saying = <Code extends SayingCode>(code: Code, values: ValuesOf<Code>, said: string): string =>
  said === '' ? filled(stationLines[code], values) : filled(stationLines[`${code}Saying`], { ...values, said });

/** Several lines as one. */
export const joinedLines = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : lines.reduceRight((rest, first) => stationLine('both', { first, rest }));
