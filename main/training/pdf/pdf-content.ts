import { bytesContent, type FileContent } from '../files/file-content.ts';
import { makePdf, type PdfSpec } from './make-pdf.ts';
import { padPdf } from './pad-pdf.ts';

/** A PDF to serve; with `exactBytes` it is padded to that size. */
export interface PdfContentSpec extends PdfSpec {
  readonly exactBytes?: number;
}

export async function pdfContent(spec: PdfContentSpec): Promise<FileContent> {
  const pdf = await makePdf(spec);
  return spec.exactBytes === undefined ? bytesContent(pdf) : padPdf(pdf, spec.exactBytes, spec.seed);
}
