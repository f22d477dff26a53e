import { type ScanCommand, scanCommands } from '../../stores/scan-answer.ts';
import { checkCharacter, readableCode } from '../print/item-code.ts';

/** Tells a command's code from an item's, which begins with P. */
const prefix = 'C';

/** On paper for years: a number is never given to another command. */
const numbers: Readonly<Record<ScanCommand, number>> = {
  produced: 1,
  packed: 2,
  ship: 3,
  hold: 4,
  resume: 5,
  undo: 6,
  clear: 7,
};

/** What a command sheet says for a command: `C`, its number, a check character over both. */
export const commandCode = (command: ScanCommand): string => {
  const digits = prefix + String(numbers[command]).padStart(4, '0');
  return digits + checkCharacter(digits);
};

/** The command that a scanned code names; null for what is no such code, or was misread. */
export const commandOfCode = (text: string): ScanCommand | null => {
  const code = readableCode(text);
  return scanCommands.find((command) => commandCode(command) === code) ?? null;
};
