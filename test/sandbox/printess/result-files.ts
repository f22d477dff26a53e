import { bytesContent, type FileContent } from '../../../main/training/files/file-content.ts';
import { pdfContent } from '../../../main/training/pdf/pdf-content.ts';
import { seededRandom } from '../../../main/training/random/seeded-random.ts';
import { type ImageSpec, makeJpeg, makePng } from '../files/make-image.ts';
import { makeZip } from '../files/make-zip.ts';
import type { DocumentSpec, PrintessJob } from './job.ts';

/** A file that a finished job offers. Its bytes are made only when it is asked for. */
export interface ResultFile {
  /** Path of its URL at the file host. */
  readonly path: string;
  readonly fileName: string;
  readonly document: string;
  /** Zero-based; null for a file of the whole document or of all documents. */
  readonly page: number | null;
  readonly contentType: string;
  readonly sizeBytes: number;
  make(): Promise<FileContent>;
}

interface DocumentPart {
  readonly document: DocumentSpec;
  readonly page: number | null;
}

const FOLDER = '/output/';
const CONTENT_TYPES = { pdf: 'application/pdf', png: 'image/png', jpg: 'image/jpeg', zip: 'application/zip' } as const;

/** The documents or pages of the job, whether or not it is final. */
export function documentFiles(job: PrintessJob): readonly ResultFile[] {
  const parts = job.documents.flatMap((document): readonly DocumentPart[] =>
    job.outputType === 'pdf'
      ? [{ document, page: null }]
      : Array.from({ length: document.pageCount }, (_, page) => ({ document, page })),
  );
  return parts.map(({ document, page }, at) =>
    page === null ? pdfFile(job, document, at + 1) : imageFile(job, document, page, at + 1),
  );
}

/** The one archive of all documents. */
export function zipFile(job: PrintessJob): ResultFile {
  const files = documentFiles(job);
  return {
    ...place(job, 'all', 'zip'),
    document: '',
    page: null,
    sizeBytes: totalBytes(files),
    make: async () => {
      const entries = await Promise.all(
        files.map(async (file) => ({ name: file.fileName, bytes: allBytes(await file.make()) })),
      );
      return bytesContent(makeZip(entries));
    },
  };
}

/** The files of the job as its result names them. */
export function resultFiles(job: PrintessJob): readonly ResultFile[] {
  if (job.result === 'nothing') return [];
  return job.result === 'zip' ? [zipFile(job)] : documentFiles(job);
}

/** The id of the job that the path belongs to; undefined for a path of another form. */
export function jobIdIn(path: string): string | undefined {
  return /^\/output\/(.+)_(?:\d+|all)\.[a-z]+$/.exec(path)?.[1];
}

export const totalBytes = (files: readonly ResultFile[]): number =>
  files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

function place(job: PrintessJob, number: number | 'all', extension: keyof typeof CONTENT_TYPES) {
  const fileName = `${job.jobId}_${number}.${extension}`;
  return { path: FOLDER + fileName, fileName, contentType: CONTENT_TYPES[extension] };
}

function pdfFile(job: PrintessJob, document: DocumentSpec, number: number): ResultFile {
  const { pageCount } = document;
  const seed = `${job.jobId}/${number}`;
  // Padded to a size that is known beforehand, so that a list of thousands of jobs draws no pages.
  const sizeBytes = 20_000 + pageCount * 6_000 + seededRandom(seed).below(5_000);
  return {
    ...place(job, number, 'pdf'),
    document: document.name,
    page: null,
    sizeBytes,
    make: () =>
      pdfContent({
        seed,
        pageCount,
        trimWidthMm: 148,
        trimHeightMm: 210,
        title: document.name,
        lines: [`Order ${job.externalOrderId ?? job.orderId}`, job.templateName, `${job.copies} copies`],
        exactBytes: sizeBytes,
      }),
  };
}

function imageFile(job: PrintessJob, document: DocumentSpec, page: number, number: number): ResultFile {
  const extension = job.outputType === 'png' ? 'png' : 'jpg';
  const spec: ImageSpec = { seed: `${job.jobId}/${number}`, blocksWide: 12, blocksHigh: 16 };
  const bytes = extension === 'png' ? makePng(spec) : makeJpeg(spec);
  return {
    ...place(job, number, extension),
    document: document.name,
    page,
    sizeBytes: bytes.byteLength,
    make: () => Promise.resolve(bytesContent(bytes)),
  };
}

const allBytes = (content: FileContent): Uint8Array => Buffer.concat([...content.read(0, content.sizeBytes)]);
