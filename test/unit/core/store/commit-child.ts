import { Store } from '../../../../main/core/store/store.ts';

/** Commits settings without end and prints the key of each once its commit has resolved; then it can be killed at any time. */
const store = await Store.open(process.argv[2] ?? '');
process.stdout.write('open\n');
for (let number = 1; ; number += 1) {
  await Promise.all(
    ['a', 'b', 'c'].map(async (lane) => {
      const key = `${lane}${number}`;
      await store.write(async ({ db }) => {
        await db.insertInto('settings').values({ key, valueJson: '1' }).execute();
      });
      process.stdout.write(`${key}\n`);
    }),
  );
}
