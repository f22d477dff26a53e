import type { IncomingMessage } from 'node:http';

const MAXIMUM_BODY_BYTES = 8 * 1024 * 1024;

/** The request's body as text; throws when it is larger than 8 MiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let sizeBytes = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('the request gives no bytes');
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MAXIMUM_BODY_BYTES) throw new RangeError(`body over ${MAXIMUM_BODY_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The value, or undefined for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
