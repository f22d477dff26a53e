import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askSecret } from '../../../main/commands/ask-secret.ts';
import { createStaffedStation } from '../../support/staffed-station.ts';
import { type Floor, openFloor, type Ran } from './platen.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor(await createStaffedStation());
});
afterEach(() => floor.remove());

/** Runs a command at whose question for a secret this is typed. */
const platenWith = (secret: string, ...args: readonly string[]): Promise<Ran> =>
  floor.start(args, { askSecret: async () => secret }).ended;

describe('platen people', () => {
  it('lists who works here, never a hash', async () => {
    const { out, err, exitCode } = await floor.platen('people');
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out).toMatch(/^ID {2}INITIALS {2}NAME {4}ROLE\n.*OP.*Floor.*operator\n.*MA.*Office.*manager\n$/s);
    expect(JSON.parse((await floor.platen('people', '--json')).out)).toEqual([
      { id: 2, name: 'Floor', initials: 'OP', role: 'operator' },
      { id: 1, name: 'Office', initials: 'MA', role: 'manager' },
    ]);
  });

  it('adds somebody with a PIN that is typed, or lies in a file', async () => {
    const add = ['people', 'add', '--name', 'Night shift', '--initials', 'ns', '--role', 'operator'];
    expect((await platenWith('3333', ...add)).out).toBe('NS (Night shift, operator) is saved as 3.\n');
    await writeFile(join(floor.dataFolder, 'pin.txt'), '44444\n');
    const ran = await floor.platen(...add.with(5, 'n2'), '--pin-file', 'pin.txt');
    expect(ran).toEqual({ exitCode: 0, out: 'N2 (Night shift, operator) is saved as 4.\n', err: '' });
  });

  it('gives somebody a new PIN, by initials or id', async () => {
    expect((await platenWith('9999', 'people', 'pin', 'ma')).out).toBe('MA (Office, manager) is saved as 1.\n');
    expect((await platenWith('8888', 'people', 'pin', '2')).out).toBe('OP (Floor, operator) is saved as 2.\n');
  });

  it('removes somebody, but not the last manager', async () => {
    expect((await floor.platen('people', 'remove', 'OP')).out).toBe('OP is removed.\n');
    expect(await floor.platen('people', 'remove', 'MA')).toEqual({
      exitCode: 1,
      out: '',
      err: 'platen: the last manager cannot be removed: make somebody else a manager first\n',
    });
  });

  it.each([
    ['people fire', 2, 'action must be one of add, pin, remove'],
    ['people add --initials AB --role operator', 2, '--name is needed'],
    ['people add --name A --role operator', 2, '--initials is needed'],
    ['people add --name A --initials ABCDE --role operator', 2, '--initials must be 1 to 4 letters or digits'],
    ['people add --name A --initials AB', 2, '--role is needed'],
    ['people add --name A --initials AB --role boss', 2, '--role must be one of operator, manager'],
    ['people pin', 2, 'person is needed: an id, or initials'],
    ['people remove OP --name A', 2, '--name goes with add only'],
    ['people remove XX', 1, 'there is no person XX'],
    ['people pin OP', 1, 'a PIN has 4 to 12 digits'],
    ['people pin OP --pin-file none.txt', 1, /none\.txt cannot be read: it does not exist$/],
    ['people add --name A --initials op --role operator --pin-file pin.txt', 1, /^OP are the initials of Floor/],
  ])('%s fails with one line', async (command, exitCode, line) => {
    await writeFile(join(floor.dataFolder, 'pin.txt'), '44444');
    const ran = await floor.platen(...command.split(' '));
    expect(ran).toMatchObject({ exitCode, out: '' });
    expect(ran.err).toMatch(/^platen: [^\n]+\n$/);
    expect(ran.err.slice('platen: '.length).trimEnd()).toEqual(
      typeof line === 'string' ? line : expect.stringMatching(line),
    );
  });
});

describe('a secret', () => {
  const terminal = (...chunks: readonly string[]) => {
    const modes: boolean[] = [];
    return Object.assign(Readable.from(chunks), { isTTY: true, setRawMode: (raw: boolean) => modes.push(raw), modes });
  };
  const said: string[] = [];
  const say = (text: string) => void said.push(text);

  it('that is typed is not shown, and ends with the line', async () => {
    const input = terminal('1', '29', '\u007f3', '4\rmore');
    expect(await askSecret('PIN: ', input, say)).toBe('1234');
    expect(input.modes).toEqual([true, false]);
    expect(said).toEqual(['PIN: ', '\n']);
  });

  it('that is given up leaves the terminal as it was', async () => {
    const input = terminal('12\u0003');
    await expect(askSecret('PIN: ', input, say)).rejects.toThrow('given up');
    expect(input.modes).toEqual([true, false]);
  });

  it('is all that is piped in', async () => {
    expect(await askSecret('PIN: ', Readable.from(['12', '34\n']), say)).toBe('1234');
  });
});
