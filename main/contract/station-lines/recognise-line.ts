import { type LineSlot, partsOf, type SlotKind } from './line-template.ts';
import { type LineCode, stationLines } from './station-lines.ts';

/** A line that the station wrote: which, and with what. */
export interface RecognisedLine {
  readonly code: LineCode;
  readonly values: Readonly<Record<string, RecognisedValue>>;
}

/** A value in a line: a number, a text as it came, or a line of the station's within it. */
export type RecognisedValue = number | string | RecognisedLine;

interface CompiledTemplate {
  readonly code: LineCode;
  readonly pattern: RegExp;
  readonly slots: readonly LineSlot[];
  /** How much of the template are words of its own: the more, the surer it is meant. */
  readonly weight: number;
  /** Made of signs alone, such as `{host:word}: {cause:line}`: it counts only where the line within is known. */
  readonly isFrame: boolean;
}

const patterns: Readonly<Record<SlotKind, string>> = {
  text: '(.+?)',
  line: '(.+?)',
  word: '(\\S+?)',
  number: '(-?\\d+(?:\\.\\d+)?)',
};

const escaped = (words: string): string => words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const compile = (code: LineCode): CompiledTemplate => {
  const { words, slots } = partsOf(stationLines[code]);
  const slotPatterns = slots.map(({ kind }) => patterns[kind]);
  const own = words.join('');
  return {
    code,
    pattern: new RegExp(`^${words.map((piece, at) => `${escaped(piece)}${slotPatterns[at] ?? ''}`).join('')}$`, 's'),
    slots,
    // What is put together is taken apart first: the value at the end of a line would swallow the next line.
    weight: code === 'both' ? Number.POSITIVE_INFINITY : own.length * 100 - slots.length,
    isFrame: !/[a-z]/i.test(own),
  };
};

// `stationLines` has exactly the codes as its keys.
const codes = Object.keys(stationLines) as LineCode[];
const templates = codes.map(compile).toSorted((left, right) => right.weight - left.weight);

/** Lines within lines end somewhere, whatever a platform says. */
const deepest = 6;

const matched = (template: CompiledTemplate, line: string, depth: number): RecognisedLine | null => {
  const found = template.pattern.exec(line);
  if (found === null) return null;
  const values: Record<string, RecognisedValue> = {};
  for (const [at, { name, kind }] of template.slots.entries()) {
    const text = found[at + 1] ?? '';
    const within = kind === 'line' ? recognised(text, depth + 1) : null;
    if (kind === 'line' && within === null && template.isFrame) return null;
    values[name] = kind === 'number' ? Number(text) : (within ?? text);
  }
  return { code: template.code, values };
};

const recognised = (line: string, depth: number): RecognisedLine | null => {
  if (depth > deepest) return null;
  for (const template of templates) {
    const found = matched(template, line, depth);
    if (found !== null) return found;
  }
  return null;
};

/** Which of the station's lines this is; null for anybody else's words. Of several templates the one with most words of its own wins. */
export const recogniseLine = (line: string): RecognisedLine | null => recognised(line, 0);
