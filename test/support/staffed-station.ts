import { createPeopleHandlers } from '../../main/core/handlers/people-handlers.ts';
import { PeopleDesk } from '../../main/core/people/people-desk.ts';
import { systemClock } from '../../main/core/ports/clock.ts';
import { silentLogger } from '../../main/core/ports/logger.ts';
import { createStandInStation, mark, type StandInStation } from '../contract/stand-in/stand-in-station.ts';
import { openTestStore } from './test-store.ts';

/** PINs so cheap that a test need not wait for them. */
export const cheapPins = { costLog2: 4, blockSize: 8, parallel: 1 };

/** A stand-in station with the real people of one: a manager `MA` (PIN 1111) and an operator `OP` (PIN 2222). */
export const createStaffedStation = async (): Promise<StandInStation & { readonly ids: readonly [number, number] }> => {
  const { store } = await openTestStore();
  const people = await PeopleDesk.open({ store, clock: systemClock, logger: silentLogger, pinCost: cheapPins });
  const setUp = { by: 'command line', visit: null };
  const manager = { id: null, name: 'Office', initials: 'MA', role: 'manager', pin: '1111' } as const;
  const operator = { id: null, name: 'Floor', initials: 'OP', role: 'operator', pin: '2222' } as const;
  const ids = [(await people.save(manager, setUp)).id, (await people.save(operator, setUp)).id] as const;
  const handlers = createPeopleHandlers({ people, snapshotMark: () => mark });
  return { ...createStandInStation({ people: handlers }), access: people.access, ids };
};
