import type { WebSocket } from 'ws';
import type { Wire } from '../../contract/wire.ts';

/** What may wait for a peer that reads slowly. A message larger than this still passes when nothing else waits. */
export const maxBufferedBytes = 64 * 1024 * 1024;

const unsupportedData = 1003;

/** The wire over one WebSocket. A peer that does not read what it asked for is cut off. */
export const createWebSocketWire = (socket: WebSocket): Wire => {
  socket.on('message', (_data, isBinary) => {
    if (isBinary) socket.close(unsupportedData, 'text messages only');
  });
  return {
    send: (message) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxBufferedBytes) socket.terminate();
      else socket.send(message);
    },
    onMessage: (listener) => {
      const take = (data: WebSocket.RawData, isBinary: boolean): void => {
        if (!isBinary) listener(textOf(data));
      };
      socket.on('message', take);
      return () => socket.off('message', take);
    },
    onClose: (listener) => {
      socket.on('close', listener);
      return () => socket.off('close', listener);
    },
  };
};

const textOf = (data: WebSocket.RawData): string => {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8');
};
