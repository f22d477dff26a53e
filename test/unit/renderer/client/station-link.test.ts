import { expect, test } from 'vitest';
import { createMemoryWires } from '../../../../main/contract/memory-wire.ts';
import { ContractServer } from '../../../../main/contract/server.ts';
import { reconnectDelayMs } from '../../../../renderer/client/back-off.ts';
import type { OpenOutcome } from '../../../../renderer/client/socket-wire.ts';
import { type LinkState, StationLink } from '../../../../renderer/client/station-link.ts';
import { createStandInStation } from '../../../contract/stand-in/stand-in-station.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { noDesktop } from '../../../support/no-desktop.ts';
import { noTrainingCalls } from '../../../support/no-training.ts';

/** A link to a station that a test can cut off, let fall silent, and bring back. */
const linkedStation = () => {
  const clock = createFakeClock();
  const station = createStandInStation();
  const server = new ContractServer({
    handlers: { ...station.handlers, desktop: noDesktop, training: noTrainingCalls },
    access: station.access,
    events: station.events,
    version: '0.1.0',
    onUnexpected: () => {},
  });
  const wires: { close(): void }[] = [];
  const tries: number[] = [];
  let answer: 'open' | 'silent' | 'unreachable' | 'refused' = 'open';
  const openWire = async (): Promise<OpenOutcome> => {
    tries.push(clock.nowMs());
    if (answer === 'unreachable' || answer === 'refused') return { kind: answer };
    const ends = createMemoryWires();
    if (answer === 'open') server.serve(ends.station, { by: 'screen' });
    wires.push(ends.station);
    return { kind: 'open', wire: ends.client };
  };
  const link = new StationLink({
    openWire,
    now: () => clock.nowMs(),
    setTimer: (run, delayMs) => clock.at(clock.nowMs() + delayMs, run),
  });
  const states: LinkState['kind'][] = [];
  link.onState((state) => states.push(state.kind));
  return {
    clock,
    link,
    states,
    tries,
    cut: () => wires.at(-1)?.close(),
    answerWith: (next: typeof answer) => {
      answer = next;
    },
  };
};

test('waits longer after each failed try, up to five seconds', () => {
  expect([1, 2, 3, 4, 5, 50].map(reconnectDelayMs)).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
});

test('a lost wire shows at once and is opened again by itself', async () => {
  const { clock, link, states, cut } = linkedStation();
  link.start();
  await clock.advance(0);
  expect(link.state.kind).toBe('connected');
  cut();
  await clock.advance(0);
  expect(link.state).toMatchObject({ kind: 'lost', cause: 'unreachable', since: clock.nowMs() });
  await clock.advance(499);
  expect(link.state.kind).toBe('lost');
  await clock.advance(1);
  expect(states).toEqual(['connected', 'lost', 'connected']);
  link.stop();
});

test('while the station is away it is tried with growing pauses, and the loss keeps its time', async () => {
  const { clock, link, tries, cut, answerWith } = linkedStation();
  link.start();
  await clock.advance(0);
  answerWith('unreachable');
  cut();
  await clock.advance(0);
  const lostAt = clock.nowMs();
  await clock.advance(8_000);
  expect(tries.slice(1).map((at) => at - lostAt)).toEqual([500, 1500, 3500, 7500]);
  expect(link.state).toMatchObject({ kind: 'lost', since: lostAt });
  link.stop();
});

test('a host that does not take the key is told apart from one that is away', async () => {
  const { clock, link, answerWith } = linkedStation();
  answerWith('refused');
  link.start();
  await clock.advance(0);
  expect(link.state).toMatchObject({ kind: 'lost', cause: 'refused' });
  link.stop();
});

test('a wire that falls silent counts as lost', async () => {
  const { clock, link, answerWith } = linkedStation();
  answerWith('silent');
  link.start();
  await clock.advance(14_999);
  expect(link.state.kind).toBe('connected');
  answerWith('unreachable');
  await clock.advance(1);
  expect(link.state.kind).toBe('lost');
  link.stop();
});

test('a wire over which answers come stays', async () => {
  const { clock, link, states } = linkedStation();
  link.start();
  await clock.advance(60_000);
  expect(states).toEqual(['connected']);
  link.stop();
});

test('a person can try at once, without waiting for the pause', async () => {
  const { clock, link, cut, answerWith } = linkedStation();
  link.start();
  await clock.advance(0);
  answerWith('unreachable');
  cut();
  await clock.advance(3_600);
  answerWith('open');
  link.tryNow();
  await clock.advance(0);
  expect(link.state.kind).toBe('connected');
  link.stop();
});

test('a page without a key says so and tries nothing', () => {
  const link = new StationLink({ openWire: null, now: () => 0, setTimer: () => () => {} });
  link.start();
  expect(link.state).toEqual({ kind: 'noKey' });
});
