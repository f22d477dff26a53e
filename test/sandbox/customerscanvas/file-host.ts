import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FileServer } from '../http/file-server.ts';
import { type ArtifactStore, PUBLIC_PATH } from './artifact-store.ts';

/** A request at the file host that carried credentials, which belong to the gateway alone. */
export interface LeakEntry {
  readonly kind: 'leak';
  readonly method: string;
  readonly path: string;
}

/** Before the path of a file: an address that works for everybody, as a signed URL does. Redirects lead here. */
export const SIGNED_PREFIX = '/signed';

interface FileHostDeps {
  readonly artifacts: ArtifactStore;
  readonly fileServer: FileServer;
  recordLeak(entry: LeakEntry): void;
}

/** The host of the anonymous files: it serves no other without a signed address, and notes each token that it is sent. */
export function createFileHost(deps: FileHostDeps) {
  const { artifacts, fileServer } = deps;
  return async (request: IncomingMessage, response: ServerResponse, stopped: AbortSignal): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
    if (request.headers.authorization !== undefined) {
      deps.recordLeak({ kind: 'leak', method: request.method ?? '', path: pathname });
    }
    const isSigned = pathname.startsWith(SIGNED_PREFIX + PUBLIC_PATH);
    const path = isSigned ? pathname.slice(SIGNED_PREFIX.length) : pathname;
    const artifact = await artifacts.find(path.slice(PUBLIC_PATH.length));
    if (artifact === undefined) response.writeHead(404).end();
    else if (!artifact.anonymousAccess && !isSigned) response.writeHead(403).end();
    else await fileServer.serve(request, response, path, stopped);
  };
}
