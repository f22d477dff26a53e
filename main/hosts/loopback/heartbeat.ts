import type { WebSocket } from 'ws';
import type { Clock } from '../../core/ports/clock.ts';

/** How often a client is asked whether it still reads; one that did not answer the last time is cut off. */
export const heartbeatMs = 30_000;

/** Keeps a quiet connection open, and ends one whose other side is gone or has stopped to read. */
export const startHeartbeat = (socket: WebSocket, clock: Clock): void => {
  let answered = true;
  let cancelNext = (): void => undefined;
  const beat = (): void => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
    cancelNext = clock.at(clock.nowMs() + heartbeatMs, beat);
  };
  socket.on('pong', () => {
    answered = true;
  });
  socket.on('close', () => cancelNext());
  cancelNext = clock.at(clock.nowMs() + heartbeatMs, beat);
};
