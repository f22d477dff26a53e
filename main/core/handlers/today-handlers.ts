import type { Handlers } from '../../contract/contract.ts';
import { ContractError } from '../../contract/failure.ts';
import { isTimeZone } from '../platforms/wall-time.ts';
import { bordersOf, dayAt } from '../views/today-borders.ts';
import { readToday } from '../views/today-view.ts';
import type { StationParts } from './station-parts.ts';

export const createTodayHandlers = (parts: StationParts): Handlers['today'] => ({
  get: async ({ day, timeZone }) => {
    if (!isTimeZone(timeZone)) throw new ContractError('invalidInput', `${timeZone} is no time zone`);
    const nowMs = parts.clock.nowMs();
    const borders = bordersOf(day ?? dayAt(nowMs, timeZone), timeZone);
    if (borders === null) throw new ContractError('invalidInput', `${day} is no day`);
    const mark = parts.snapshotMark();
    const deps = {
      db: parts.store.read,
      connections: parts.connections.all(),
      platformName: (id: string) => parts.platforms.find((platform) => platform.id === id)?.name ?? id,
      startReport: async () => (await parts.stationView()).startReport,
    };
    return { ...mark, today: await readToday(deps, borders, timeZone, nowMs) };
  },
});
