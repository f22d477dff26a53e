import { auditBudgets } from './audit-budgets.ts';
import { auditCommands } from './audit-commands.ts';
import { auditFiles } from './audit-files.ts';
import { auditHandovers } from './audit-handovers.ts';
import { auditOrders } from './audit-orders.ts';
import { auditSignals } from './audit-signals.ts';
import type { Evidence } from './evidence.ts';
import type { Loss } from './loss.ts';

/** Compares the station with what everybody else knows. Empty: nothing is lost, doubled, damaged or out of order. */
export const audit = (evidence: Evidence): readonly Loss[] => [
  ...auditOrders(evidence.orders),
  ...auditFiles(evidence.files),
  ...auditHandovers(evidence),
  ...auditSignals(evidence.signals),
  ...auditCommands(evidence.commands),
  ...auditBudgets(evidence.budgets),
  ...evidence.databases
    .filter(({ verdict }) => verdict !== 'ok')
    .map(({ name, verdict }): Loss => ({ kind: 'database', where: name, what: verdict })),
  ...evidence.deaths.map(
    (words): Loss => ({ kind: 'station', where: 'the station', what: `it ended by itself: ${words}` }),
  ),
];
