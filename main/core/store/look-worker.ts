import { parentPort } from 'node:worker_threads';
import { auditFile } from './audit-file.ts';
import { lookAtFile, salvageOrders, sealFile } from './look-at-file.ts';
import type { LookAnswer, LookRequest } from './look-protocol.ts';

const answerTo = (request: LookRequest): LookAnswer => {
  switch (request.kind) {
    case 'look':
      return { kind: 'look', look: lookAtFile(request.path, request.thorough) };
    case 'seal':
      return { kind: 'look', look: sealFile(request.path) };
    case 'audit':
      return { kind: 'audit', audit: auditFile(request.path, request.nowMs) };
    case 'salvage':
      return { kind: 'salvage', orders: salvageOrders(request.path, request.afterOrderId) };
  }
};

/** Looks at one file, answers, and is done. */
parentPort?.once('message', (request: LookRequest) => parentPort?.postMessage(answerTo(request)));
