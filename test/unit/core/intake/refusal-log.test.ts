import { expect, it } from 'vitest';
import { RefusalLog } from '../../../../main/core/intake/refusal-log.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { startIntake } from './intake-fixture.ts';

const open = () => {
  const clock = createFakeClock();
  const lines: string[] = [];
  const log = new RefusalLog({ clock, logger: { warn: (line) => lines.push(line) } });
  const refuse = (kind: string, address: string, times = 1): void => {
    for (let time = 0; time < times; time += 1) log.note(kind, address, () => lines.push(`${kind} ${address}`));
  };
  return { clock, lines, log, refuse };
};

it('a few refusals are all written down as they are, and nothing else', async () => {
  const { clock, lines, refuse } = open();
  for (let minute = 0; minute < 5; minute += 1) {
    refuse('refused with 401', '192.0.2.1', 10);
    refuse('refused with 404', '192.0.2.1', 10);
    await clock.advance(60_000);
  }
  expect(lines).toHaveLength(100);
  expect(lines.join()).not.toContain('more from');
});

it('an attack of 10,000 refused requests leaves a bounded number of lines', async () => {
  const { clock, lines, refuse } = open();
  refuse('refused with 401', '192.0.2.1', 10_000);
  expect(lines).toHaveLength(10);
  await clock.advance(59_000);
  expect(lines).toHaveLength(10);
  await clock.advance(1_000);
  expect(lines.slice(10)).toEqual(['intake: refused with 401: and 9,990 more from 1 address in the last minute']);
  await clock.advance(600_000);
  expect(lines, 'when it is over, it is quiet').toHaveLength(11);
});

it('so does one from 10,000 addresses, and others are still seen beside it', async () => {
  const { clock, lines, refuse } = open();
  for (let at = 0; at < 10_000; at += 1) refuse('refused with 404', `10.0.${at >> 8}.${at & 255}`);
  refuse('refused with 413', '192.0.2.1');
  expect(lines).toHaveLength(31);
  expect(lines.at(-1)).toBe('refused with 413 192.0.2.1');
  await clock.advance(60_000);
  expect(lines.slice(31)).toEqual([
    'intake: refused with 404: and 9,970 more from 1,000 addresses or more in the last minute',
  ]);
});

it('one address does not take the lines of another, and an IPv6 network is one', async () => {
  const { clock, lines, refuse } = open();
  for (let at = 0; at < 100; at += 1) refuse('refused with 401', `2001:db8:1:2::${at}`);
  refuse('refused with 401', '192.0.2.1', 11);
  expect(lines.filter((line) => line.includes('192.0.2.1'))).toHaveLength(10);
  await clock.advance(60_000);
  expect(lines.at(-1)).toBe('intake: refused with 401: and 91 more from 2 addresses in the last minute');
});

it('what was left out is told when the intake stops, and each minute has lines of its own', async () => {
  const { clock, lines, log, refuse } = open();
  refuse('refused with 401', '192.0.2.1', 11);
  await clock.advance(60_000);
  refuse('refused with 401', '192.0.2.1', 11);
  expect(lines).toHaveLength(21);
  log.stop();
  expect(lines.slice(21)).toEqual(['intake: refused with 401: and 1 more from 1 address in the last minute']);
  await clock.advance(60_000);
  expect(lines, 'nothing is told twice').toHaveLength(22);
});

it('the intake’s own log is bounded, whatever names an attack makes up', async () => {
  const clock = createFakeClock();
  const { url, logged, refusals } = await startIntake([], {}, { clock });
  for (let at = 0; at < 50; at += 1) await fetch(`${url}/in/made-up-${at}/orders`, { method: 'POST', body: '{}' });
  expect(refusals).toHaveLength(50);
  expect(logged).toHaveLength(10);
  await clock.advance(60_000);
  expect(logged.slice(10).join()).toContain('refused with 404: and 40 more from 1 address in the last minute');
});
