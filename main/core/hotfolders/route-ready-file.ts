import type { AcceptRules } from '../../contract/hot-folders.ts';
import type { WriteTransaction } from '../store/store.ts';
import { factsOf, filesWithFacts } from './file-facts.ts';
import { readHotFolders } from './hot-folder-records.ts';
import { intendHandover } from './intend-handover.ts';
import { overStates } from './live-handovers.ts';
import { routeFor } from './routing.ts';

export interface RouteDeps {
  readonly nowMs: number;
  readonly random: () => number;
  /** A hand-over waits for the inspection of this file. */
  readonly onAwaited: (fileId: number) => void;
}

/**
 * A folder that asks for page numbers or sizes gets a file by itself once it was inspected, or after this time: what is
 * not known by then refuses nothing.
 */
const inspectionPatienceMs = 60_000;

const asksForInspection = ({ pages, trim }: AcceptRules): boolean => pages !== undefined || trim !== undefined;

/** Nothing else is ever inspected. */
const isPdf = ({ format, name }: { readonly format: string; readonly name: string }): boolean =>
  format.toLowerCase() === 'pdf' || name.toLowerCase().endsWith('.pdf');

/**
 * Hands a file that became ready to the hot folder that takes it by itself; answers the hand-over's id, null when there
 * is nothing to do. Call it in the transaction that made the file ready, so that no crash comes between.
 */
export const routeReadyFile = async (
  transaction: WriteTransaction,
  fileId: number,
  { nowMs, random, onAwaited }: RouteDeps,
): Promise<number | null> => {
  const { db } = transaction;
  const file = await filesWithFacts(db)
    .innerJoin('orders', 'orders.id', 'files.orderId')
    .select(['items.heldAtMs', 'items.cancelledAtMs', 'orders.stage as orderStage'])
    .where('files.id', '=', fileId)
    .executeTakeFirst();
  if (file === undefined || file.state !== 'ready' || file.sha256 === null || file.deletedAtMs !== null) return null;
  if (file.heldAtMs !== null || file.cancelledAtMs !== null || file.orderStage === 'cancelled') return null;

  const earlier = await db
    .selectFrom('handovers')
    .select('id')
    .where('fileId', '=', fileId)
    .where('state', 'not in', overStates)
    .limit(1)
    .executeTakeFirst();
  if (earlier !== undefined) return null;

  const facts = factsOf(file);
  const folder = routeFor(
    (await readHotFolders(db)).map(({ settings }) => settings),
    facts,
  );
  if (folder === null) return null;
  const waits = asksForInspection(folder.accepts) && isPdf(file) && !facts.done;
  if (waits) onAwaited(fileId);
  return intendHandover(transaction, {
    file: { ...file, sha256: file.sha256 },
    hotFolder: folder,
    by: null,
    nowMs,
    dueMs: waits ? nowMs + inspectionPatienceMs : nowMs,
    random,
  });
};

/** Routes all ready files of an item that was held until now. */
export const routeItem = async (
  transaction: WriteTransaction,
  itemId: number,
  deps: RouteDeps,
): Promise<readonly number[]> => {
  const files = await transaction.db
    .selectFrom('files')
    .select('id')
    .where('itemId', '=', itemId)
    .where('state', '=', 'ready')
    .where('deletedAtMs', 'is', null)
    .orderBy('id')
    .execute();
  const intended: number[] = [];
  for (const { id } of files) {
    const handover = await routeReadyFile(transaction, id, deps);
    if (handover !== null) intended.push(handover);
  }
  return intended;
};
