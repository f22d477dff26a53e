import { join } from 'node:path';
import { saveConnection } from '../../../main/core/connections/connection-table.ts';
import { applySightings } from '../../../main/core/jobs/apply-sightings.ts';
import { Store } from '../../../main/core/store/store.ts';
import { connectionTo } from '../../unit/core/intake/intake-fixture.ts';
import { insist } from '../fuzz-target.ts';
import type { ActOutcome, Stage } from './acts.ts';
import { sceneNowMs } from './scene.ts';

/** Ends the transaction, so that the next input finds nothing of this one. */
class TakenBack extends Error {}

const nothingNew = { missing: 0, ended: 0, files: false };

/** The station's own database, which takes in what was answered and then forgets it again. */
export interface TakeIn {
  /** Takes it in twice: the second time says nothing new. */
  try(stage: Stage, outcome: ActOutcome): Promise<void>;
  close(): Promise<void>;
}

export const openTakeIn = async (folder: string): Promise<TakeIn> => {
  const store = await Store.open(join(folder, 'platen.db'));
  return {
    close: () => store.close(),
    async try({ platform, way }, { heardBy, sightings }) {
      const { connectionId: id, settings } = way;
      const connection = connectionTo(platform, id, {}, settings);
      const context = { connection, nameTemplate: '{order}_{item}_{role}', nowMs: sceneNowMs, heardBy };
      const work = store.write(async (transaction) => {
        await saveConnection(transaction, { id, platform: platform.id, settings: {}, fromConfig: false }, 0, 'test');
        await applySightings(transaction, context, sightings);
        const again = await applySightings(transaction, context, sightings);
        insist(JSON.stringify(again) === JSON.stringify(nothingNew), `the repeat is news: ${JSON.stringify(again)}`);
        throw new TakenBack();
      });
      await work.catch((error: unknown) => {
        if (!(error instanceof TakenBack)) throw error;
      });
    },
  };
};
