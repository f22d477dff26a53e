import { type Expression, type SqlBool, sql } from 'kysely';
import type { Reader } from '../store/store.ts';

/** States of a hand-over after which the file may be handed over once more without a word. */
export const overStates = ['undone', 'problem'] as const;

/** Its file has left the station's hands: what a reprint asks for is to have just that once more. */
const doneStates = ['sent', 'pickedUp'] as const;

/** An operator who had the item made again since then has said already that it goes once more. */
const reprintedSince: Expression<SqlBool> = sql<SqlBool>`EXISTS (
  SELECT 1 FROM reprints WHERE reprints.item_id = handovers.item_id AND reprints.at_ms >= handovers.intended_at_ms
)`;

/** The hand-overs of these files beside which another one may print them twice without anybody wanting it. */
export const liveHandovers = (db: Reader, fileIds: readonly number[]) =>
  db
    .selectFrom('handovers')
    .where('handovers.fileId', 'in', fileIds)
    .where('handovers.state', 'not in', overStates)
    .where((is) => is.not(is.and([is('handovers.state', 'in', doneStates), reprintedSince])));
