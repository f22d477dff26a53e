/** How far the rest of a wrapped line stands in from its beginning. */
const hangingIndent = 4;

/** Breaks a line at spaces so that it fits; a word that is too long alone, such as a path, stays whole to be copied. */
export const wrap = (line: string, width: number): readonly string[] => {
  if (line.length <= width) return [line];
  const indent = ' '.repeat(line.length - line.trimStart().length);
  const lines: string[] = [];
  let current = indent;
  // Runs of spaces stay with the word before them, so that columns keep their distance.
  for (const word of line.trimStart().match(/\S+\s*/g) ?? []) {
    if (current.trim() !== '' && current.length + word.trimEnd().length > width) {
      lines.push(current.trimEnd());
      current = indent + ' '.repeat(hangingIndent);
    }
    current += word;
  }
  return [...lines, current.trimEnd()];
};
