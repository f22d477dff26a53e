import type { Recorded } from '../ledger/ledger.ts';
import type { CloudprinterEntry } from './sandbox.ts';

/** One line of the ledger for a person to read. */
export function entryLine(entry: Recorded<CloudprinterEntry>): string {
  const time = entry.at.slice(11, 19);
  switch (entry.kind) {
    case 'delivery': {
      const outcome = entry.answer.kind === 'answered' ? String(entry.answer.status) : entry.answer.message;
      return `${time} order  ${entry.order} attempt ${entry.attempt}: ${outcome}`;
    }
    case 'file': {
      const range = entry.range === undefined ? '' : ` ${entry.range}`;
      const faults = entry.faults.length === 0 ? '' : ` [${entry.faults.join(', ')}]`;
      return `${time} file   ${entry.method} ${entry.path}${range}: ${entry.status}, ${entry.bytesSent} bytes, ${entry.outcome}${faults}`;
    }
    case 'signal': {
      const { answer } = entry;
      const outcome =
        answer.kind === 'answered' ? `${answer.status} ${answer.message}`.trim() : `answer ${answer.kind}`;
      return `${time} signal ${entry.type || '(no type)'} ${entry.item}: ${outcome}`;
    }
  }
}
