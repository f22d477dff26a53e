import type { Options } from 'csv-parse/browser/esm/sync';
import { type ProduceLine, produceLine } from '../../../main/contract/jobs.ts';

/** Reads the fields of a list; loaded only when somebody produces. */
export type ReadFields = (text: string, options: Options) => unknown;

const columns = ['template', 'order', 'copies', 'title'] as const;
type Column = (typeof columns)[number];

/** What is wrong with a line, by the words of the catalogue. */
export type LineFault =
  | 'templateMissing'
  | 'templateLong'
  | 'orderMissing'
  | 'orderLong'
  | 'copiesWrong'
  | 'titleLong'
  | 'tooManyFields'
  | 'twice';

export interface ReadLine {
  /** Where it ends in the text, counted from 1. */
  readonly number: number;
  readonly template: string;
  readonly order: string;
  /** As it was written, or as it counts for all lines. */
  readonly copies: string;
  readonly title: string;
  readonly faults: readonly LineFault[];
  /** Of the same kind as an earlier line: its number. */
  readonly sameAs: number | null;
}

/** What keeps a list as a whole from being produced. */
export type ListFault =
  | { readonly kind: 'quote'; readonly line: number }
  | { readonly kind: 'tooMany'; readonly most: number };

export interface ReadList {
  readonly lines: readonly ReadLine[];
  readonly fault: ListFault | null;
}

/** What counts for the lines that do not say it themselves. */
export interface LineDefaults {
  readonly order: string;
  readonly copies: number;
}

/** As many as the station takes at once. */
const mostLines = 500;

const headings: Readonly<Record<string, Column>> = {
  template: 'template',
  templatename: 'template',
  token: 'template',
  savetoken: 'template',
  order: 'order',
  orderreference: 'order',
  orderid: 'order',
  reference: 'order',
  externalorderid: 'order',
  copies: 'copies',
  quantity: 'copies',
  qty: 'copies',
  title: 'title',
  name: 'title',
};

const headingOf = (field: string): Column | undefined => headings[field.toLowerCase().replaceAll(/[\s_-]/g, '')];

const separators = ['\t', ';', ','] as const;

/**
 * A table copied from a sheet has tabs; a list of a German or Dutch office has semicolons. What stands in most lines
 * separates; of two in as many lines, the one that comes first.
 */
const separatorOf = (text: string): string => {
  const lines = text.replaceAll(/"[^"]*"/g, '').split(/[\r\n]+/);
  const inLines = separators.map((separator) => ({
    separator,
    count: lines.filter((line) => line.includes(separator)).length,
    firstAt: text.indexOf(separator),
  }));
  const [best] = inLines.toSorted((one, other) => other.count - one.count || one.firstAt - other.firstAt);
  return best === undefined || best.count === 0 ? ',' : best.separator;
};

interface Row {
  readonly number: number;
  readonly fields: readonly string[];
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** One row of the parser's answer with `info`. */
const toRow = (entry: unknown): Row | null => {
  if (typeof entry !== 'object' || entry === null || !('record' in entry) || !('info' in entry)) return null;
  const { record, info } = entry;
  if (!Array.isArray(record) || typeof info !== 'object' || info === null || !('lines' in info)) return null;
  return { number: Number(info.lines), fields: record.filter(isText) };
};

const lineOfError = (error: unknown): number =>
  error instanceof Error && 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;

/** The order of the columns: as the first row says when it is a heading, else as documented. */
const layoutOf = (rows: readonly Row[]): { readonly layout: readonly Column[]; readonly body: readonly Row[] } => {
  const [first, ...rest] = rows;
  const named = first?.fields.map(headingOf) ?? [];
  const layout = named.filter((column) => column !== undefined);
  const isHeading = layout.includes('template') && layout.length === named.length;
  return isHeading ? { layout, body: rest } : { layout: columns, body: rows };
};

const faultOf = (column: PropertyKey | undefined, isTooLong: boolean): LineFault => {
  if (column === 'template') return isTooLong ? 'templateLong' : 'templateMissing';
  if (column === 'order') return isTooLong ? 'orderLong' : 'orderMissing';
  return column === 'title' ? 'titleLong' : 'copiesWrong';
};

const candidate = (line: Pick<ReadLine, Column>) => ({
  template: line.template,
  order: line.order,
  copies: /^\d+$/.test(line.copies) ? Number(line.copies) : Number.NaN,
  title: line.title,
});

const faultsOf = (line: Pick<ReadLine, Column>): readonly LineFault[] => {
  const checked = produceLine.safeParse(candidate(line));
  if (checked.success) return [];
  return [...new Set(checked.error.issues.map((issue) => faultOf(issue.path[0], issue.code === 'too_big')))];
};

/**
 * Reads what was pasted or came in a file: a token or template name, and if they are there the order reference, the
 * copies and a title. Quotation marks, a heading row and tabs, semicolons or commas between the fields are understood.
 */
export const readProduceList = (read: ReadFields, text: string, defaults: LineDefaults): ReadList => {
  let rows: readonly Row[];
  try {
    const answer = read(text, {
      delimiter: separatorOf(text),
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    });
    rows = (Array.isArray(answer) ? answer : []).map(toRow).filter((row) => row !== null);
  } catch (error) {
    return { lines: [], fault: { kind: 'quote', line: lineOfError(error) } };
  }
  const { layout, body } = layoutOf(rows);
  const seenAt = new Map<string, number>();
  const lines = body.map(({ number, fields }): ReadLine => {
    const field = (column: Column): string => fields[layout.indexOf(column)] ?? '';
    const values = {
      template: field('template'),
      order: field('order') || defaults.order.trim(),
      copies: field('copies') || String(defaults.copies),
      title: field('title'),
    };
    const key = JSON.stringify([values.template, values.order]);
    const sameAs = values.template === '' ? null : (seenAt.get(key) ?? null);
    if (sameAs === null) seenAt.set(key, number);
    const faults: readonly LineFault[] = [
      ...faultsOf(values),
      ...(fields.length > layout.length ? (['tooManyFields'] as const) : []),
      ...(sameAs === null ? [] : (['twice'] as const)),
    ];
    return { number, ...values, faults, sameAs };
  });
  return { lines, fault: lines.length > mostLines ? { kind: 'tooMany', most: mostLines } : null };
};

/** Whether a list can be sent as it is. */
export const isSendable = (list: ReadList): boolean =>
  list.fault === null && list.lines.length > 0 && list.lines.every((line) => line.faults.length === 0);

/** The lines in the contract's form; only of a list that can be sent. */
export const toProduceLines = (list: ReadList): readonly ProduceLine[] =>
  list.lines.map((line) => produceLine.parse(candidate(line)));

export const orderCountOf = (list: ReadList): number => new Set(list.lines.map((line) => line.order)).size;
