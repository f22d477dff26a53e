import type { ServerResponse } from 'node:http';
import { wait } from '../wait.ts';
import type { FileDelivery } from './file-plan.ts';

/** Whether the whole answer went out, was cut as a fault wanted it, or the client (or the server's stop) ended it. */
export type DeliveryOutcome = 'complete' | 'cut' | 'aborted';

export interface SentFile {
  readonly bytesSent: number;
  readonly outcome: DeliveryOutcome;
}

const RESET_AFTER_MS = 30;
const SLOW_TICKS_PER_SECOND = 20;

/** Sends what was planned, at the pace that was planned, and ends as planned. */
export async function sendDelivery(
  response: ServerResponse,
  plan: FileDelivery,
  stopped: AbortSignal,
): Promise<SentFile> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const over = AbortSignal.any([gone.signal, stopped]);
  const lastByte = plan.bodyEnd.kind === 'complete' ? plan.end : Math.min(plan.end, plan.start + plan.bodyEnd.byte);

  response.writeHead(plan.status, plan.headers);
  response.flushHeaders();
  let bytesSent = 0;
  for (const piece of paced(plan, lastByte)) {
    if (over.aborted) return { bytesSent, outcome: 'aborted' };
    const flowing = response.write(piece);
    bytesSent += piece.byteLength;
    if (!flowing) await drained(response, over);
    if (plan.bytesPerSecond !== undefined) {
      await wait((piece.byteLength / plan.bytesPerSecond) * 1000, over);
    }
  }
  if (over.aborted) return { bytesSent, outcome: 'aborted' };

  // HEAD and 416 have no body that could be cut.
  if (plan.bodyEnd.kind === 'complete' || plan.end === plan.start) {
    response.end();
    return { bytesSent, outcome: 'complete' };
  }
  await cut(response, plan.bodyEnd.kind, over);
  return { bytesSent, outcome: 'cut' };
}

/** The bytes in pieces: as they come, or so small that 20 of them make a second's worth. */
function* paced(plan: FileDelivery, lastByte: number): Iterable<Uint8Array> {
  const pieceBytes =
    plan.bytesPerSecond === undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(1, Math.floor(plan.bytesPerSecond / SLOW_TICKS_PER_SECOND));
  for (const chunk of plan.content.read(plan.start, lastByte)) {
    for (let at = 0; at < chunk.byteLength; at += pieceBytes) yield chunk.subarray(at, at + pieceBytes);
  }
}

async function cut(response: ServerResponse, kind: 'truncated' | 'reset' | 'stall', over: AbortSignal): Promise<void> {
  if (kind === 'stall') {
    await untilAborted(over);
    return;
  }
  const { socket } = response;
  if (socket === null) return;
  if (kind === 'truncated') {
    socket.destroySoon();
    return;
  }
  // A reset throws away what is still under way in either kernel: give the bytes counted as sent time to arrive.
  await wait(RESET_AFTER_MS, over);
  socket.resetAndDestroy();
}

function drained(response: ServerResponse, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      over.removeEventListener('abort', done);
      resolve();
    };
    response.on('drain', done);
    over.addEventListener('abort', done);
    if (over.aborted) done();
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
