import { z } from 'zod';
import { mostShopValues, parseJson } from '../parse-json.ts';
import type { ShopLine, ShopOrder, ShopOrders } from '../platform.ts';
import { passedFields } from './produce-body.ts';
import type { PrintessSettings } from './settings.ts';

const mostLines = 500;
const mostCopies = 1_000_000;
const longestReference = 100;
const longestTemplate = 300;

/** A text or a number as trimmed text; absent or null is empty. */
const text = (name: string, longest: number) =>
  z
    .union([z.string(), z.number(), z.null()], { error: `${name} must be a text or a number` })
    .optional()
    .transform((value) => String(value ?? '').trim())
    .refine((value) => value.length <= longest, `${name} is longer than ${longest} characters`);

const copiesProblem = `copies must be a whole number from 1 to ${mostCopies}`;
const copies = z
  .union([z.number(), z.string().regex(/^\s*\d{1,9}\s*$/, copiesProblem), z.null()], { error: copiesProblem })
  .optional()
  .transform((value) => Number(value ?? 1))
  .refine((value) => Number.isInteger(value) && value >= 1 && value <= mostCopies, copiesProblem);

type Extra = Record<string, string | number>;

/** One documented field as it is kept; null when it is of another kind than documented. */
const keptField = (name: string, value: unknown): string | number | null => {
  if (name === 'orderMetaData') return typeof value === 'string' ? value : JSON.stringify(value);
  const form = passedFields[name];
  if (form === 'number') return typeof value === 'number' ? value : null;
  if (form === 'text') return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  return JSON.stringify(value);
};

interface TemplateNames {
  readonly template: string;
  readonly templateName: string;
  readonly saveToken: string;
}

const templateOf = ({ template, templateName, saveToken }: TemplateNames): string => {
  if (saveToken === '') return template || templateName;
  return saveToken.startsWith('st:') ? saveToken : `st:${saveToken}`;
};

/** One line; of the fields of /production/produce it takes those that are handed on, and leaves out what it does not know. */
const wireLine = z
  .looseObject(
    {
      template: text('template', longestTemplate),
      templateName: text('templateName', longestTemplate),
      saveToken: text('saveToken', longestTemplate),
      line: text('line', longestReference),
      copies,
      title: text('title', 1000),
      product: text('product', 1000),
    },
    { error: 'it must be an object' },
  )
  .transform((members, { issues }) => {
    const { line, title, product } = members;
    const problem = (message: string): void => {
      issues.push({ code: 'custom', message, input: members });
    };
    const template = templateOf(members);
    if (template === '') problem('template or saveToken is needed');
    if (members.saveToken !== '' && (members.template !== '' || members.templateName !== '')) {
      problem('give template or saveToken, not both');
    }
    const extra: Extra = {};
    for (const name of Object.keys(passedFields)) {
      const value = members[name];
      if (value === undefined || value === null || value === '') continue;
      const kept = keptField(name, value);
      if (kept === null) problem(`${name} must be a ${passedFields[name]}`);
      else extra[name] = kept;
    }
    // A save token says nothing to a person.
    const shownTitle = title !== '' || template.startsWith('st:') ? title : template;
    return { line, template, copies: members.copies, title: shownTitle, product, extra };
  });
type WireLine = z.output<typeof wireLine>;

const orderProblem = "order is missing: the shop's own reference, a text or a number";

const orderHead = z.looseObject(
  { order: text('order', longestReference).refine((order) => order !== '', orderProblem) },
  { error: 'an order must be an object' },
);

const wireLines = z
  .array(wireLine, { error: 'lines must be a list' })
  .min(1, 'lines is empty: there is nothing to produce')
  .max(mostLines, `lines are more than ${mostLines}`);

/** A line that names itself keeps its name; else it goes by its template, and the same template again by a number. */
const nameLines = (lines: readonly WireLine[]): readonly ShopLine[] => {
  const taken = new Set<string>();
  return lines.map(({ line, ...rest }) => {
    let externalId = line || rest.template;
    for (let number = 2; line === '' && taken.has(externalId); number += 1) externalId = `${rest.template} #${number}`;
    taken.add(externalId);
    return { externalId, ...rest };
  });
};

/** `{order, lines: […]}`, or one line and its order in a single object. */
const wireOrder = orderHead.transform((members, { issues }): ShopOrder => {
  const isFlat = members.lines === undefined;
  const read = wireLines.safeParse(isFlat ? [members] : members.lines);
  if (!read.success) {
    for (const { message, path } of read.error.issues) {
      issues.push({ code: 'custom', message, input: members, path: isFlat ? [] : path });
    }
    return z.NEVER;
  }
  const lines = nameLines(read.data);
  const ids = lines.map(({ externalId }) => externalId);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) issues.push({ code: 'custom', message: `the line ${twice} is there twice`, input: members });
  return { externalId: members.order, lines };
});

const wireOrders = z.array(wireOrder).min(1, 'the list of orders is empty');

/** The first thing that is wrong, with its place counted from one as people do. */
const problemText = (error: z.ZodError, isList: boolean): string => {
  const [issue] = error.issues;
  const numbers = (issue?.path ?? []).filter((step) => typeof step === 'number');
  const places = [...(isList ? ['order'] : []), 'line'];
  const where = numbers.map((number, at) => `${places[at] ?? 'entry'} ${number + 1}: `).join('');
  return `${where}${issue?.message ?? 'it cannot be read'}`;
};

/** Reads what the shop's own backend hands over to be produced: one order, or a list of them. */
export const readShopOrders = (body: Buffer): ReturnType<ShopOrders<PrintessSettings>['read']> => {
  const value = parseJson(body.toString('utf8'), { mostValues: mostShopValues });
  if (value === undefined) return { kind: 'invalid', message: 'the body is not valid JSON' };
  const isList = Array.isArray(value);
  const read = wireOrders.safeParse(isList ? value : [value]);
  if (read.success) return { kind: 'read', orders: read.data };
  const flattened = isList
    ? read.error
    : new z.ZodError(read.error.issues.map((i) => ({ ...i, path: i.path.slice(1) })));
  return { kind: 'invalid', message: problemText(flattened, isList) };
};
