import { z } from 'zod';
import { type DocumentSpec, OUTPUT_TYPES } from './job.ts';
import type { JobSpec } from './job-book.ts';

const text = z.string().nullish();
const textMap = z.record(z.string(), z.unknown()).nullish();
const vdp = z.object({ data: textMap, form: textMap, records: z.array(z.unknown()).nullish(), templateStyle: text });
const outputSettings = z.object({ dpi: z.number().nullish(), jpegCompression: z.int().nullish() });

/** The request of /production/produce, as far as the sandbox acts on it. Members it does not know are let through. */
export const produceRequest = z.object({
  templateName: z.string().min(1),
  origin: z.string().min(1),
  externalOrderId: text,
  callbackUrl: z.url().nullish(),
  meta: text,
  orderMetaData: text,
  copies: z.int().nullish(),
  outputSettings: outputSettings.nullish(),
  outputType: text,
  outputFiles: z
    .array(z.object({ documentName: text, outputSettings: outputSettings.nullish(), vdp: vdp.nullish() }))
    .nullish(),
  vdp: vdp.nullish(),
  productType: text,
});

/** What the job is made from. Any output type but png and jpg gives PDF, as documented. */
export function jobSpecOf(request: z.infer<typeof produceRequest>, documents: readonly DocumentSpec[]): JobSpec {
  const named = (request.outputFiles ?? []).flatMap(({ documentName }) => documentName ?? []);
  return {
    templateName: request.templateName,
    origin: request.origin,
    externalOrderId: request.externalOrderId ?? null,
    productType: request.productType ?? null,
    copies: request.copies ?? 1,
    metaData: request.orderMetaData ?? null,
    meta: request.meta ?? null,
    callbackUrl: request.callbackUrl ?? null,
    outputType: OUTPUT_TYPES.find((type) => type === request.outputType) ?? 'pdf',
    documents:
      named.length === 0
        ? documents
        : named.map((name) => documents.find((document) => document.name === name) ?? { name, pageCount: 1 }),
  };
}
