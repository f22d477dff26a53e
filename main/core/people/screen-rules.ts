import { z } from 'zod';
import { type ScreenRules, screenRules } from '../../contract/people.ts';
import type { Reader, WriteTransaction } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';

export const usualRules: ScreenRules = { signOutMinutes: 0, stationMode: false };
const settingsKey = 'screens';

/** What was saved, also by a version that knew fewer rules. */
const savedRules = z.object({
  signOutMinutes: screenRules.shape.signOutMinutes.catch(usualRules.signOutMinutes),
  stationMode: screenRules.shape.stationMode.catch(usualRules.stationMode),
});

export const readScreenRules = async (db: Reader): Promise<ScreenRules> => {
  const row = await db.selectFrom('settings').select('valueJson').where('key', '=', settingsKey).executeTakeFirst();
  return readStored(savedRules.catch(usualRules), row?.valueJson ?? '{}');
};

export const saveScreenRules = async ({ db, touched }: WriteTransaction, rules: ScreenRules): Promise<void> => {
  const valueJson = JSON.stringify(rules);
  await db
    .insertInto('settings')
    .values({ key: settingsKey, valueJson })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ valueJson }))
    .execute();
  touched.people.add('rules');
};
