import fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemCode, itemOfCode } from '../../../../../renderer/features/print/item-code.ts';
import { commandCode, commandOfCode } from '../../../../../renderer/features/scanner/command-code.ts';
import { scanCommands } from '../../../../../renderer/stores/scan-answer.ts';

test('the codes on paper stay what they are', () => {
  expect(scanCommands.map(commandCode)).toMatchInlineSnapshot(`
    [
      "C0001V",
      "C0002X",
      "C0003Z",
      "C0004H",
      "C0005K",
      "C0006N",
      "C0007Q",
    ]
  `);
});

test('each command is read from its code, as a hand writes it too, and is no item', () => {
  for (const command of scanCommands) {
    expect(commandOfCode(` ${commandCode(command).toLowerCase()}\n`)).toBe(command);
    expect(itemOfCode(commandCode(command))).toBeNull();
  }
});

test('no item’s code is a command', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (id) => commandOfCode(itemCode(id)) === null),
  );
});

test('a command with a wrong character, or two that changed places, is none', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...scanCommands),
      fc.integer({ min: 0, max: 5 }),
      fc.constantFrom(...Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')),
      (command, place, other) => {
        const code = commandCode(command);
        fc.pre(code.charAt(place) !== other);
        expect(commandOfCode(code.slice(0, place) + other + code.slice(place + 1))).toBeNull();
      },
    ),
  );
  expect(commandOfCode('C00100')).toBeNull();
  expect(commandOfCode('')).toBeNull();
});
