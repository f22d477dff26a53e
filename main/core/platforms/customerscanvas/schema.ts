import { z } from 'zod';
import { parseJson } from '../parse-json.ts';

/** Every field may be missing (Storefront API client, 2.68): what is absent, null or of another kind is empty. */
const text = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''));

const id = text.pipe(z.string().min(1));

const wholeNumber = z.int().nonnegative().nullable().catch(null);

/** An entry that is not what it should be says nothing, and takes none of the others with it. */
const list = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((entries) => (entries ?? []).flatMap((each) => entry.safeParse(each).data ?? []));

const processingStatus = z.enum(['Pending', 'InProgress', 'Completed', 'Failed']);
export type ProcessingStatus = z.output<typeof processingStatus>;

const item = z.object({
  id,
  name: text,
  sku: text,
  productReference: text,
  quantity: wholeNumber,
  fields: z.record(z.string(), z.unknown()).nullish().catch(null),
});
export type WireItem = z.output<typeof item>;

/** Each once, however often it is listed: an order has no two items of one name. */
const items = list(item).transform((listed) => [...new Map(listed.map((each) => [each.id, each])).values()]);

/** `ProjectDto`, and the JSON it came as. */
const project = z.looseObject({}).transform((document, context) => {
  const read = z
    .object({
      id,
      name: text,
      storefrontId: text,
      orderId: text,
      orderNumber: text,
      orderName: text,
      customerName: text,
      productReference: text,
      status: z.int().nullable().catch(null),
      /** Null where the platform's version does not tell it in a list. */
      processingStatus: processingStatus.nullable().catch(null),
      created: text,
      lastModified: text,
      items,
    })
    .safeParse(document);
  if (read.success) {
    return { ...read.data, tellsItems: Array.isArray(document.items), document: JSON.stringify(document) };
  }
  context.addIssue({ code: 'custom', message: 'no project' });
  return z.NEVER;
});
export type WireProject = z.output<typeof project>;

const outputFile = z.object({
  artifactId: text,
  name: text,
  format: text,
  url: text,
  anonymousAccess: z.boolean().catch(false),
  size: wholeNumber,
  projectItemId: text,
});
export type WireFile = z.output<typeof outputFile>;

/** `ProjectProcessingResultsDto`. */
const results = z.object({
  status: processingStatus.nullable().catch(null),
  statusDescription: text,
  outputFileDetails: list(outputFile),
});
export type WireResults = z.output<typeof results>;

const artifact = z.object({ id, size: wholeNumber, group: text });

const status = z.object({ code: z.int(), displayName: text });

const transition = z.object({
  name: id,
  displayName: text,
  startStatus: z.int().nullable().catch(null),
  resultStatus: z.int().nullable().catch(null),
});
export type WireTransition = z.output<typeof transition>;

const storefront = z.object({ id, name: text, type: text });

/** The envelope of every list. `listed` counts what came, also what could not be read. */
const pageOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({ total: wholeNumber, items: z.array(z.unknown()).nullish() }).transform(({ total, items }) => ({
    total,
    listed: items?.length ?? 0,
    items: (items ?? []).flatMap((each) => entry.safeParse(each).data ?? []),
  }));

export const wire = {
  project,
  projects: pageOf(project),
  results,
  artifact,
  artifacts: pageOf(artifact),
  statuses: pageOf(status),
  transitions: pageOf(transition),
  storefronts: pageOf(storefront),
  tenant: z.looseObject({ tenancyName: text }),
  info: z.looseObject({ version: text }),
  /** 409 of a transition (`ProjectStatusTransitionConflictDto`). */
  transitionConflict: z.object({ availableTransitions: list(transition) }),
} as const;

/** The value, or undefined for text that is no JSON or another one than the schema's. */
export const readJson = <Output>(schema: z.ZodType<Output>, json: string): Output | undefined =>
  schema.safeParse(parseJson(json)).data;
