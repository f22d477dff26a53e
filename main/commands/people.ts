import { z } from 'zod';
import type { Client } from '../contract/contract.ts';
import { initials, type PersonView, pin, role } from '../contract/people.ts';
import type { Answer } from './answer.ts';
import { CommandFailure } from './command-failure.ts';
import { filledText, oneOf } from './input-schemas.ts';
import { type CommandContext, stationCommand } from './station-command.ts';
import { table } from './table.ts';
import { readTextFile } from './text-file.ts';

const options = z.object({
  action: oneOf(['add', 'pin', 'remove']).optional(),
  person: filledText.optional(),
  name: filledText.optional(),
  initials: initials.optional(),
  role: oneOf(role.options).optional(),
  pinFile: filledText.optional(),
});

const peopleInput = options.transform(({ action, person, pinFile = null, ...facts }, context) => {
  const refuse = (path: string[], message: string) => {
    context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  };
  const stray = (['name', 'initials', 'role'] as const).find((name) => facts[name] !== undefined);
  if (action === 'add') {
    if (person !== undefined) return refuse([], 'a new person is described by --name, --initials and --role');
    if (facts.name === undefined) return refuse(['name'], 'is needed');
    if (facts.initials === undefined) return refuse(['initials'], 'is needed');
    if (facts.role === undefined) return refuse(['role'], 'is needed');
    const { name, initials: short, role: rank } = facts;
    return { kind: 'add', name, initials: short, role: rank, pinFile } as const;
  }
  if (stray !== undefined) return refuse([stray], 'goes with add only');
  if (action === undefined) return { kind: 'list' } as const;
  if (person === undefined) return refuse(['person'], 'is needed: an id, or initials');
  return { kind: action, person, pinFile } as const;
});

export const peopleCommand = stationCommand({
  group: 'The station:',
  usage: 'people [action] [person]',
  summary: 'List who works here, add or remove somebody, set a PIN',
  details:
    'The action is add, pin PERSON, or remove PERSON; a person is an id, or initials. A PIN is asked for, piped in, or read from a file; never an argument, which others could see.',
  options: [
    ['--name <name>', 'add: the name'],
    ['--initials <initials>', 'add: 1 to 4 letters, written beside what the person does'],
    ['--role <role>', 'add: operator or manager; the first person must be a manager'],
    ['--pin-file <file>', 'add, pin: a file that holds the PIN, 4 to 12 digits'],
  ],
  input: peopleInput,
  run: async (context, input) => {
    const { client } = context;
    switch (input.kind) {
      case 'list':
        return listAnswer((await client.people.list({})).people);
      case 'add': {
        const { kind: _kind, pinFile, ...facts } = input;
        return savedAnswer((await client.people.save({ ...facts, pin: await readPin(context, pinFile) })).person);
      }
      case 'pin': {
        const known = await find(client, input.person);
        return savedAnswer((await client.people.save({ ...known, pin: await readPin(context, input.pinFile) })).person);
      }
      case 'remove': {
        const known = await find(client, input.person);
        await client.people.remove({ id: known.id });
        return { json: known, lines: () => [`${known.initials} is removed.`] };
      }
    }
  },
});

const find = async (client: Client, person: string): Promise<PersonView> => {
  const { people } = await client.people.list({});
  const found = people.find(({ id, initials: short }) => String(id) === person || short === person.toUpperCase());
  if (found === undefined) throw new CommandFailure(`there is no person ${person}`);
  return found;
};

const readPin = async ({ askSecret, resolvePath }: CommandContext, file: string | null): Promise<string> => {
  const given = file === null ? await askSecret('PIN: ') : await readTextFile(resolvePath(file), 1000, 'a PIN');
  const read = pin.safeParse(given.trim());
  if (!read.success) throw new CommandFailure('a PIN has 4 to 12 digits');
  return read.data;
};

const savedAnswer = (person: PersonView): Answer => ({
  json: person,
  lines: () => [`${person.initials} (${person.name}, ${person.role}) is saved as ${person.id}.`],
});

const listAnswer = (people: readonly PersonView[]): Answer => ({
  json: people,
  lines: ({ width }) =>
    people.length === 0
      ? ['Nobody has a PIN: whoever is before a screen may do everything.']
      : table(
          [
            { title: 'ID', of: ({ id }) => String(id), align: 'right' },
            { title: 'INITIALS', of: ({ initials: short }) => short },
            { title: 'NAME', of: ({ name }) => name, flexible: true },
            { title: 'ROLE', of: ({ role: rank }) => rank },
          ],
          people,
          width,
        ),
});
