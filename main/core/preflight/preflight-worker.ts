import { parentPort } from 'node:worker_threads';
import { FilePieces } from '../downloads/file-pieces.ts';
import type {
  FromPreflightWorker,
  InspectionOutcome,
  InspectionRequest,
  ToPreflightWorker,
} from './preflight-protocol.ts';
import { readPdf } from './read-pdf.ts';

/** The thread that looks into PDFs: it holds a whole file in memory, and may fail over one without harm to the station. */

const inspect = async ({ path, bytes }: InspectionRequest): Promise<InspectionOutcome> => {
  try {
    return await FilePieces.with(path, async (file) =>
      file.bytes === bytes ? await readPdf(file) : { kind: 'skipped' as const, reason: 'gone' as const },
    );
  } catch {
    return { kind: 'skipped', reason: 'gone' };
  }
};

const port = parentPort;
port?.on('message', ({ id, request }: ToPreflightWorker) => {
  void inspect(request).then((outcome) => port.postMessage({ id, outcome } satisfies FromPreflightWorker));
});
