/**
 * A template of a line that the station writes: English words with named values. What a value may be stands behind its
 * name: `{host:word}` has no space in it, `{status:number}` is a number, `{cause:line}` is another line of the station
 * (or somebody else's words, which stay as they came); `{said}` is any text.
 */
export type LineTemplate = string;

type SlotsOf<Template extends string> = Template extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | SlotsOf<Rest>
  : never;

type NameOf<Slot extends string> = Slot extends `${infer Name}:${string}` ? Name : Slot;

/** The values that fill a template, by name. */
export type LineValues<Template extends string> = {
  readonly [Slot in SlotsOf<Template> as NameOf<Slot>]: Slot extends `${string}:number` ? number : string;
};

export type SlotKind = 'text' | 'word' | 'number' | 'line';

export interface LineSlot {
  readonly name: string;
  readonly kind: SlotKind;
}

/** A template taken apart: words and slots, in turn; the words are the first and the last. */
export interface TemplateParts {
  readonly words: readonly string[];
  readonly slots: readonly LineSlot[];
}

const kinds: ReadonlyMap<string, SlotKind> = new Map([
  ['word', 'word'],
  ['number', 'number'],
  ['line', 'line'],
]);

const slotOf = (text: string): LineSlot => {
  const [name = '', kind = ''] = text.split(':');
  return { name, kind: kinds.get(kind) ?? 'text' };
};

export const partsOf = (template: LineTemplate): TemplateParts => {
  const pieces = template.split(/\{(\w+(?::\w+)?)\}/);
  return {
    words: pieces.filter((_piece, index) => index % 2 === 0),
    slots: pieces.filter((_piece, index) => index % 2 === 1).map(slotOf),
  };
};

/** The line that a template says with these values. */
export const filled = (template: LineTemplate, values: Readonly<Record<string, string | number>>): string => {
  const { words, slots } = partsOf(template);
  return words.map((piece, index) => `${piece}${values[slots[index]?.name ?? ''] ?? ''}`).join('');
};
