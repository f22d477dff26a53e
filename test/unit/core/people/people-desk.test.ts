import { beforeEach, describe, expect, test } from 'vitest';
import type { Visit } from '../../../../main/contract/define.ts';
import { PeopleDesk } from '../../../../main/core/people/people-desk.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import type { Store } from '../../../../main/core/store/store.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { createSettableClock } from '../../../support/settable-clock.ts';
import { cheapPins } from '../../../support/staffed-station.ts';
import { openTestStore } from '../../../support/test-store.ts';

const anna = { id: null, name: 'First shift', initials: 'FS', role: 'manager', pin: '4711' } as const;
const ben = { id: null, name: 'Second shift', initials: 'SE', role: 'operator', pin: '080808' } as const;
const office = { by: 'command line', visit: null };

let store: Store;
let clock: FakeClock;
let desk: PeopleDesk;

const openDesk = (): Promise<PeopleDesk> => PeopleDesk.open({ store, clock, logger: silentLogger, pinCost: cheapPins });
const screen = (): Visit => ({ by: 'screen' });
const signIn = async (visit: Visit, person: number, pin: string): Promise<string> => {
  const outcome = await desk.signIn(visit, person, pin);
  if (outcome.kind === 'refused') throw new Error('the PIN was refused');
  return outcome.session;
};

beforeEach(async () => {
  ({ store } = await openTestStore());
  clock = createFakeClock();
  desk = await openDesk();
});

describe('the people', () => {
  test('the first one must be a manager, and there is always one', async () => {
    await expect(desk.save(ben, office)).rejects.toThrow('the first person must be a manager');
    const first = await desk.save(anna, office);
    const second = await desk.save(ben, office);
    await expect(desk.save({ ...anna, id: first.id, role: 'operator' }, office)).rejects.toThrow(/^the last manager/);
    await expect(desk.remove(first.id, office)).rejects.toThrow(/^the last manager/);

    await desk.save({ ...ben, id: second.id, role: 'manager', pin: null }, office);
    await desk.save({ ...anna, id: first.id, role: 'operator', pin: null }, office);
    await expect(desk.remove(second.id, office)).rejects.toThrow(/^the last manager/);
    await desk.remove(first.id, office);
    expect(desk.view.people.map(({ initials }) => initials)).toEqual(['SE']);
  });

  test('two cannot have the same initials, unless one has left', async () => {
    const first = await desk.save(anna, office);
    await expect(desk.save({ ...ben, initials: 'FS' }, office)).rejects.toThrow(
      'FS are the initials of First shift: choose others',
    );
    await desk.save({ ...ben, role: 'manager' }, office);
    await desk.remove(first.id, office);
    expect(await desk.save({ ...anna, name: 'New here' }, office)).toMatchObject({ initials: 'FS', name: 'New here' });
  });

  test('a new one needs a PIN, and one who is not there cannot be changed or removed', async () => {
    await expect(desk.save({ ...anna, pin: null }, office)).rejects.toMatchObject({ code: 'invalidInput' });
    await desk.save(anna, office);
    await expect(desk.save({ ...ben, id: 99 }, office)).rejects.toMatchObject({ code: 'notFound' });
    await expect(desk.remove(99, office)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('they are known again after a restart, their changes stand in the history, and no PIN does', async () => {
    const { id } = await desk.save(anna, office);
    await desk.save({ ...ben, name: 'Night' }, { by: 'FS', visit: null });
    await desk.remove((await desk.save({ ...anna, initials: 'X', name: 'Other' }, office)).id, office);
    expect((await openDesk()).view.people).toEqual([
      { id, name: 'First shift', initials: 'FS', role: 'manager' },
      { id: id + 1, name: 'Night', initials: 'SE', role: 'operator' },
    ]);
    const events = await store.read.selectFrom('events').select(['code', 'detailJson', 'by']).orderBy('id').execute();
    expect(events.map(({ code, by }) => `${code} by ${by}`)).toEqual([
      'people.added by command line',
      'people.added by FS',
      'people.added by command line',
      'people.removed by command line',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/4711|080808|scrypt/);
  });
});

describe('a PIN', () => {
  test('says who makes the calls of this screen, and of no other', async () => {
    const { id } = await desk.save(anna, office);
    const [here, there] = [screen(), screen()];
    await signIn(here, id, '4711');
    expect(desk.access.callerOf(here)).toEqual({ by: 'FS', role: 'manager', visit: here });
    expect(desk.access.callerOf(there)).toEqual({ by: 'screen', visit: there });
    desk.signOut(here);
    expect(desk.access.callerOf(here)).toEqual({ by: 'screen', visit: here });
  });

  test('that is wrong is refused like that of nobody; the fifth makes its person wait, each further one longer', async () => {
    const { id } = await desk.save(anna, office);
    await desk.save(ben, office);
    const here = screen();
    expect(await desk.signIn(here, 99, '4711')).toEqual({ kind: 'refused', waitSeconds: 0 });
    const waits = async (pin: string): Promise<number> => {
      const outcome = await desk.signIn(here, id, pin);
      return outcome.kind === 'refused' ? outcome.waitSeconds : -1;
    };
    for (let wrong = 1; wrong <= 4; wrong += 1) expect(await waits('1234')).toBe(0);
    expect(await waits('1234')).toBe(30);
    expect(await waits('4711'), 'the right one is not looked at meanwhile').toBe(30);
    await clock.advance(29_500);
    expect(await waits('4711')).toBe(1);
    expect(await desk.signIn(screen(), id + 1, '080808'), 'others are let in').toMatchObject({ kind: 'signedIn' });
    await clock.advance(500);
    expect(await waits('1234')).toBe(60);
    desk = await openDesk();
    expect(await waits('4711'), 'also after a restart').toBe(60);
    await clock.advance(60_000);
    expect(await waits('4711')).toBe(-1);
    expect(await waits('1234'), 'a right one begins anew').toBe(0);
  });

  test('is looked at again when the clock was a day ahead and is set back', async () => {
    const settable = createSettableClock();
    clock = settable;
    desk = await openDesk();
    const { id } = await desk.save(anna, office);
    settable.setAhead(86_400_000);
    for (let wrong = 1; wrong <= 5; wrong += 1) await desk.signIn(screen(), id, '1234');
    expect(await desk.signIn(screen(), id, '4711')).toEqual({ kind: 'refused', waitSeconds: 30 });
    settable.setAhead(0);
    expect(await desk.signIn(screen(), id, '1234'), 'a wrong one waits longer').toEqual({
      kind: 'refused',
      waitSeconds: 60,
    });
    expect(await desk.signIn(screen(), id, '4711')).toEqual({ kind: 'refused', waitSeconds: 60 });
    await settable.advance(60_000);
    expect(await desk.signIn(screen(), id, '4711')).toMatchObject({ kind: 'signedIn' });
  });

  test('cannot be guessed by trying many at once', async () => {
    const { id } = await desk.save(anna, office);
    const tries = ['1111', '2222', '3333', '4444', '5555', '4711', '6666'];
    const outcomes = await Promise.all(tries.map((pin) => desk.signIn(screen(), id, pin)));
    expect(outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.waitSeconds : -1))).toEqual([
      0, 0, 0, 0, 30, 30, 30,
    ]);
  });

  test('that is new ends the waiting, and the sessions of the old one', async () => {
    const { id } = await desk.save(anna, office);
    const [here, there] = [screen(), screen()];
    await signIn(here, id, '4711');
    await signIn(there, id, '4711');
    for (let wrong = 1; wrong <= 5; wrong += 1) await desk.signIn(screen(), id, '1234');
    await desk.save({ ...anna, id, pin: '2468' }, { by: 'FS', visit: here });
    expect(desk.signedInAt(here)?.id, 'the screen where it was changed').toBe(id);
    expect(desk.signedInAt(there)).toBeNull();
    expect(await desk.signIn(there, id, '4711')).toEqual({ kind: 'refused', waitSeconds: 0 });
    expect(await desk.signIn(there, id, '2468')).toMatchObject({ kind: 'signedIn' });
  });
});

describe('a session', () => {
  test('goes on at the next wire of its screen, once', async () => {
    const { id } = await desk.save(anna, office);
    const [old, next, thief] = [screen(), screen(), screen()];
    const session = await signIn(old, id, '4711');
    desk.access.leave(old);
    expect(desk.resume(next, session)?.initials).toBe('FS');
    expect(desk.signedInAt(old)).toBeNull();
    expect(desk.resume(next, session)?.initials, 'asked twice').toBe('FS');
    expect(desk.resume(thief, `${session}x`)).toBeNull();
    desk.signOut(next);
    expect(desk.resume(thief, session)).toBeNull();
  });

  test('ends after twelve hours, with a sign-out, and when somebody else signs in at this screen', async () => {
    const { id } = await desk.save(anna, office);
    const second = await desk.save(ben, office);
    const here = screen();
    const session = await signIn(here, id, '4711');
    const other = await signIn(here, second.id, '080808');
    expect(desk.resume(screen(), session)).toBeNull();
    await clock.advance(12 * 3_600_000 - 1);
    expect(desk.access.callerOf(here).by).toBe('SE');
    await clock.advance(1);
    expect(desk.access.callerOf(here).by).toBe('screen');
    expect(desk.resume(screen(), other)).toBeNull();
  });

  test('of a screen that was gone for longer than the time of the automatic sign-out has ended', async () => {
    const { id } = await desk.save(anna, office);
    await desk.saveRules({ signOutMinutes: 5, stationMode: false });
    const [first, second, third] = [screen(), screen(), screen()];
    const session = await signIn(first, id, '4711');
    await clock.advance(3_600_000);
    desk.access.leave(first);
    await clock.advance(5 * 60_000);
    expect(desk.resume(second, session)?.id).toBe(id);
    desk.access.leave(second);
    await clock.advance(5 * 60_000 + 1);
    expect(desk.resume(third, session)).toBeNull();
  });

  test('of somebody who is removed or gets another role is over or changed at once', async () => {
    await desk.save(anna, office);
    const { id } = await desk.save(ben, office);
    const here = screen();
    await signIn(here, id, '080808');
    await desk.save({ ...ben, id, role: 'manager', pin: null }, office);
    expect(desk.access.callerOf(here).role).toBe('manager');
    await desk.remove(id, office);
    expect(desk.access.callerOf(here)).toEqual({ by: 'screen', visit: here });
  });
});

describe('what is permitted', () => {
  const audiences = ['everyone', 'operator', 'manager'] as const;
  const refusals = (visit: Visit): readonly boolean[] =>
    audiences.map((audience) => desk.access.refusalOf(audience, desk.access.callerOf(visit)) !== null);

  test('is everything, as long as nobody has a PIN', () => {
    expect(refusals(screen())).toEqual([false, false, false]);
  });

  test('is to look for everyone, to act for operators, to change the station for managers and the command line', async () => {
    const first = await desk.save(anna, office);
    const second = await desk.save(ben, office);
    const [nobody, operator, manager] = [screen(), screen(), screen()];
    await signIn(operator, second.id, '080808');
    await signIn(manager, first.id, '4711');
    expect(refusals(nobody)).toEqual([false, true, true]);
    expect(refusals(operator)).toEqual([false, false, true]);
    expect(refusals(manager)).toEqual([false, false, false]);
    expect(refusals({ by: 'command line' })).toEqual([false, false, false]);
  });
});

describe('the rules of the screens', () => {
  test('are kept, and station mode needs a manager who can leave it', async () => {
    const rules = { signOutMinutes: 10, stationMode: true };
    await expect(desk.saveRules(rules)).rejects.toMatchObject({ code: 'conflict' });
    await desk.save(anna, office);
    expect(await desk.saveRules(rules)).toEqual(rules);
    expect((await openDesk()).view.rules).toEqual(rules);
  });
});
