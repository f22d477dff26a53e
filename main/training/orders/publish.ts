import type { FileShelf } from '../files/file-shelf.ts';
import { pdfContent } from '../pdf/pdf-content.ts';
import type { CloudprinterOrder, FileRole, OrderFile } from './order.ts';
import { filesOf } from './order.ts';

/** A file as the order document names it. `size` is a string of digits there. */
export interface DocumentFile {
  readonly type: FileRole;
  readonly format: string;
  readonly url: string;
  readonly md5sum: string;
  readonly size: string;
}

/** An order whose files are served, so that its documents can be written. */
export interface PublishedOrder {
  readonly order: CloudprinterOrder;
  /** What the document says of a file, by its path. */
  readonly documentFiles: ReadonlyMap<string, DocumentFile>;
}

/** Makes the order's files and puts them on the shelf. `baseUrl` is without a slash at the end. */
export async function publishOrder(
  order: CloudprinterOrder,
  shelf: FileShelf,
  baseUrl: string,
): Promise<PublishedOrder> {
  const documentFiles = new Map<string, DocumentFile>();
  for (const file of filesOf(order)) {
    documentFiles.set(file.path, await publishFile(order, file, shelf, baseUrl));
  }
  return { order, documentFiles };
}

async function publishFile(
  order: CloudprinterOrder,
  file: OrderFile,
  shelf: FileShelf,
  baseUrl: string,
): Promise<DocumentFile> {
  const content = file.source.kind === 'pdf' ? await pdfContent(file.source.pdf) : file.source.content;
  const item = order.items.find((candidate) => candidate.files.includes(file))?.id ?? '';
  const shelved = await shelf.put({ path: file.path, content, labels: { order: order.id, item, role: file.role } });
  return {
    type: file.role,
    format: 'pdf',
    url: baseUrl + file.path,
    md5sum: shelved.md5,
    size: String(content.sizeBytes),
    ...file.announced,
  };
}
