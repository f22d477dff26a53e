import { beforeEach, expect, test, vi } from 'vitest';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { wakeStation } from '../../../../main/hosts/electron/wake-station.ts';
import { fakeElectron, resetElectron } from '../../../support/electron-fake.ts';

vi.mock('electron', async () => (await import('../../../support/electron-fake.ts')).electronModule);

beforeEach(resetElectron);

test('the lists are compared each time the machine wakes, and not before', () => {
  let comparisons = 0;
  wakeStation(
    {
      resumed: async () => {
        comparisons += 1;
      },
    },
    silentLogger,
  );
  expect(comparisons).toBe(0);
  fakeElectron.power.emit('suspend');
  expect(comparisons).toBe(0);
  fakeElectron.power.emit('resume');
  fakeElectron.power.emit('resume');
  expect(comparisons).toBe(2);
});

test('a comparison that fails is written to the log and stops nothing', async () => {
  const errors: string[] = [];
  const logger = { ...silentLogger, error: (message: string) => errors.push(message) };
  wakeStation({ resumed: () => Promise.reject(new Error('the database is locked')) }, logger);
  fakeElectron.power.emit('resume');
  await vi.waitFor(() => expect(errors).toEqual(['the lists were not compared after sleep']));
});
