/** One column of a table. Only flexible columns are shortened when the table is too wide. */
export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string;
  readonly align?: 'right';
  readonly flexible?: true;
}

const gap = 2;
const narrowest = 8;

/** Lines of an aligned table, at most `width` characters where its flexible columns allow it. */
export const table = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number): readonly string[] => {
  const cells = rows.map((row) => columns.map((column) => printable(column.of(row))));
  const natural = columns.map((column, index) =>
    Math.max(column.title.length, ...cells.map((row) => charactersOf(row[index] ?? '').length)),
  );
  const widths = fitted(columns, natural, width);
  const line = (texts: readonly string[]): string =>
    columns
      .map((column, index) => padded(texts[index] ?? '', widths[index] ?? 0, column.align === 'right'))
      .join(' '.repeat(gap))
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...cells.map(line)];
};

/** Takes from the widest flexible column first, until the table fits or no column can give more. */
const fitted = <Row>(columns: readonly Column<Row>[], natural: readonly number[], width: number): readonly number[] => {
  const widths = [...natural];
  const total = (): number => widths.reduce((sum, each) => sum + each, 0) + gap * (widths.length - 1);
  while (total() > width) {
    const widest = widths.reduce(
      (best, each, index) => (columns[index]?.flexible && each > (widths[best] ?? 0) ? index : best),
      columns.findIndex((column) => column.flexible),
    );
    const current = widths[widest];
    if (current === undefined || current <= narrowest) break;
    widths[widest] = current - 1;
  }
  return widths;
};

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const charactersOf = (text: string): readonly string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);

const padded = (text: string, width: number, right: boolean): string => {
  const characters = charactersOf(text);
  if (characters.length > width) return `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
  const space = ' '.repeat(width - characters.length);
  return right ? space + text : text + space;
};

/** Text from outside without what a terminal would obey: control characters and changes of direction. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ');
