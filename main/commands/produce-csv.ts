import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type ProduceLine, produceLine } from '../contract/jobs.ts';

/** What a list says: every line, or what is wrong with it by line number, beginning with 1. */
export type ProduceCsv =
  | { readonly kind: 'lines'; readonly lines: readonly ProduceLine[] }
  | { readonly kind: 'wrong'; readonly problems: readonly CsvProblem[] };

interface CsvProblem {
  readonly line: number;
  readonly problem: string;
}

/**
 * Reads a list of what to produce: template or token, order, copies, title. A first line that names the columns may give
 * them in another order. Cells are parted by comma, semicolon or tab. Pure, and free of Node.
 */
export const readProduceCsv = (text: string): ProduceCsv => {
  const read = readRows(text.replace(/\r\n?/g, '\n'));
  if (read.kind === 'wrong') return read;
  const [first, ...rest] = read.rows;
  if (first === undefined) return wrong([{ line: 1, problem: 'there is nothing to produce' }]);
  if (!first.cells.some((cell) => columnOf(cell) !== undefined)) return linesOf(read.rows, usualColumns);

  const columns = readHeader(first.cells);
  if (typeof columns === 'string') return wrong([{ line: first.line, problem: columns }]);
  if (rest.length === 0) return wrong([{ line: first.line, problem: 'there is nothing to produce below this line' }]);
  return linesOf(rest, columns);
};

const usualColumns = ['template', 'order', 'copies', 'title'] as const;
type Column = (typeof usualColumns)[number];

interface Row {
  /** Where it ends: a quoted cell may go over several lines. */
  readonly line: number;
  readonly cells: readonly string[];
}

const readRows = (text: string): { readonly kind: 'rows'; readonly rows: readonly Row[] } | Wrong => {
  const rows: Row[] = [];
  try {
    parse(text, {
      delimiter: separatorOf(text),
      record_delimiter: '\n',
      bom: true,
      trim: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
      on_record: (record, { lines }) => {
        rows.push({ line: lines, cells: z.array(z.string()).parse(record) });
        return null;
      },
    });
    return { kind: 'rows', rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // A quote that is never closed takes in all that follows: it was opened after the last whole line.
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
      return wrong([{ line: (rows.at(-1)?.line ?? 0) + 1, problem: 'a quotation mark here or below is never closed' }]);
    }
    return wrong([
      { line: z.number().catch(1).parse(error.lines), problem: quoteProblems[error.code] ?? error.message },
    ]);
  }
};

const quoteProblems: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quotation mark',
  INVALID_OPENING_QUOTE: 'a quotation mark stands within a cell that does not begin with one',
};

/** What parts the cells: of comma, semicolon and tab the one that the first line has most of, outside quotes. */
const separatorOf = (text: string): string => {
  const firstLine = (/\S[^\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (separator: string): number => firstLine.split(separator).length;
  return [';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best), ',');
};

const columnNames: Readonly<Record<string, Column>> = {
  template: 'template',
  token: 'template',
  order: 'order',
  copies: 'copies',
  title: 'title',
};
const columnOf = (cell: string): Column | undefined =>
  Object.hasOwn(columnNames, cell.toLowerCase()) ? columnNames[cell.toLowerCase()] : undefined;

/** The columns that a first line names, or in words why it cannot be: a column that is overlooked may cost money. */
const readHeader = (cells: readonly string[]): readonly Column[] | string => {
  const columns: Column[] = [];
  for (const cell of cells) {
    const column = columnOf(cell);
    if (column === undefined) return `there is no column "${cell}": name template (or token), order, copies, title`;
    if (columns.includes(column)) return `the column ${column} is there twice`;
    columns.push(column);
  }
  const missing = (['template', 'order'] as const).find((column) => !columns.includes(column));
  return missing === undefined ? columns : `the column ${missing} is missing`;
};

const csvLine = produceLine.extend({
  copies: z
    .string()
    .regex(/^(?:[1-9]\d{0,5}|1000000)?$/, 'must be a whole number, 1 to 1000000')
    .transform((text) => (text === '' ? 1 : Number(text)))
    .default(1),
});

const linesOf = (rows: readonly Row[], columns: readonly Column[]): ProduceCsv => {
  const lines: ProduceLine[] = [];
  const problems: CsvProblem[] = [];
  for (const { line, cells } of rows) {
    const surplus = cells.slice(columns.length).find((cell) => cell !== '');
    const read = csvLine.safeParse({
      template: '',
      order: '',
      ...Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
    });
    if (surplus !== undefined) problems.push({ line, problem: `"${surplus}" stands in no column` });
    else if (read.success) lines.push(read.data);
    else problems.push({ line, problem: firstIssue(read.error) });
  }
  return problems.length > 0 ? wrong(problems) : { kind: 'lines', lines };
};

const firstIssue = ({ issues }: z.ZodError): string => {
  const [issue] = issues;
  return issue === undefined ? 'it cannot be read' : `${issue.path.join('.')}: ${issue.message}`;
};

type Wrong = Extract<ProduceCsv, { readonly kind: 'wrong' }>;
const wrong = (problems: readonly CsvProblem[]): Wrong => ({ kind: 'wrong', problems });
