import { parse } from 'node:path';

/** A file of ours whose outcome is not known yet, by the name it had in the hot folder. */
export interface WantedFile {
  readonly id: number;
  readonly fileName: string;
}

/** A name in an outcome folder that may be one of ours. */
export interface NameMatch {
  readonly id: number;
  readonly name: string;
  /** The very name; else the RIP put something before or behind it. */
  readonly exact: boolean;
}

/** Shorter stems, such as `1`, are parts of too many names to prove anything. */
const shortestStem = 4;

/** As a share may tell names apart: by neither case nor composition. */
export const sameName = (name: string): string => name.normalize('NFC').toLowerCase();

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

const isPartOfWord = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Whether `stem` stands in `name` with no letter or digit right before or behind it: `12` is not in `123`. */
const standsIn = (stem: string, name: string): boolean => {
  for (let at = name.indexOf(stem); at !== -1; at = name.indexOf(stem, at + 1)) {
    if (!isPartOfWord(name[at - 1]) && !isPartOfWord(name[at + stem.length])) return true;
  }
  return false;
};

/**
 * Which names may be which of our files: the exact name first; else the longest stem that stands in the name, as a RIP
 * may put a job number before it or a page number behind it.
 */
export const matchNames = (wanted: readonly WantedFile[], names: readonly string[]): readonly NameMatch[] => {
  const files = wanted.map(({ id, fileName }) => {
    const stem = sameName(parse(fileName).name);
    return { id, exact: sameName(fileName), stem, words: wordsOf(stem) };
  });
  const byName = Map.groupBy(files, (file) => file.exact);
  // A folder may hold tens of thousands of names: only those that share a word with a stem are looked at closely.
  const byFirstWord = Map.groupBy(
    files.filter(({ words }) => words.join('').length >= shortestStem),
    ({ words }) => words[0],
  );
  return names.flatMap((name): readonly NameMatch[] => {
    const exact = byName.get(sameName(name));
    if (exact !== undefined) return exact.map(({ id }) => ({ id, name, exact: true }));
    const stem = sameName(parse(name).name);
    const near = [...new Set(wordsOf(stem))]
      .flatMap((word) => byFirstWord.get(word) ?? [])
      .filter((file) => standsIn(file.stem, stem));
    const longest = Math.max(0, ...near.map((file) => file.stem.length));
    return near.filter((file) => file.stem.length === longest).map(({ id }) => ({ id, name, exact: false }));
  });
};
