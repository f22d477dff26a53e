import { z } from 'zod';
import { type ItemView, type SignalRequest, signalRequest } from '../contract/orders.ts';
import type { Answer } from './answer.ts';
import { filledText, oneOf, referenceText, wholeNumberText } from './input-schemas.ts';
import { signalAnswer, signalsAnswer } from './outbox.ts';
import { stationCommand } from './station-command.ts';
import { printable } from './table.ts';
import { momentWord, stageWord } from './words.ts';

type Kind = SignalRequest['kind'];
const kinds: readonly Kind[] = ['started', 'produced', 'packed', 'shipped', 'error', 'cancel'];

interface SignalOptions {
  readonly tracking?: string | undefined;
  readonly option?: string | undefined;
  readonly cause?: string | undefined;
  readonly text?: string | undefined;
  readonly delayHours?: number | undefined;
}

/** Which options a kind takes, under the contract's names. */
const optionsOf: Readonly<Record<Kind, Readonly<Record<string, keyof SignalOptions>>>> = {
  started: {},
  produced: {},
  packed: {},
  shipped: { tracking: 'tracking', shippingOption: 'option' },
  error: { text: 'text', delayHours: 'delayHours' },
  cancel: { cause: 'cause', text: 'text' },
};

const signalInput = z
  .object({
    item: referenceText,
    kind: oneOf(kinds),
    tracking: filledText.optional(),
    option: filledText.optional(),
    cause: filledText.optional(),
    text: filledText.optional(),
    delayHours: wholeNumberText.optional(),
  })
  .transform(({ item, kind, ...options }, context) => {
    const taken = optionsOf[kind];
    const surplus = Object.entries(options).find(
      ([name, value]) => value !== undefined && !Object.values<string>(taken).includes(name),
    );
    if (surplus !== undefined) {
      context.addIssue({ code: 'custom', path: [surplus[0]], message: `does not belong to ${kind}` });
      return z.NEVER;
    }
    const values = Object.entries(taken).map(([name, option]) => [name, options[option]]);
    const request = signalRequest.safeParse({ kind, ...Object.fromEntries(values) });
    if (request.success) return { item, signal: request.data };
    const name = request.error.issues[0]?.path[0];
    context.addIssue({ code: 'custom', path: [taken[String(name)] ?? 'kind'], message: `is needed for ${kind}` });
    return z.NEVER;
  });

export const signalCommand = stationCommand({
  group: 'Working:',
  usage: 'signal <item> <kind>',
  summary: 'Tell the platform what happened to an item',
  details: `The kind is one of ${kinds.join(', ')}.`,
  options: [
    ['--tracking <number>', 'shipped: the tracking number'],
    ['--option <name>', "shipped: the shipping option (default: the order's)"],
    ['--cause <code>', "cancel: one of the platform's causes"],
    ['--text <text>', 'error, cancel: a description'],
    ['--delay-hours <hours>', 'error: how much later the item will be ready'],
  ],
  input: signalInput,
  run: async ({ client }, input) => {
    const { signal, item } = await client.items.signal(input);
    return signal === null
      ? { json: null, lines: () => [`Written down, not sent: ${itemLine(item)}`] }
      : signalAnswer(signal);
  },
});

export const shipCommand = stationCommand({
  group: 'Working:',
  usage: 'ship <order>',
  summary: 'Report all open items of an order as shipped',
  options: [
    ['--tracking <number>', 'the tracking number (needed)'],
    ['--option <name>', "the shipping option (default: the order's)"],
  ],
  input: z.object({ order: referenceText, tracking: filledText, option: filledText.optional() }),
  run: async ({ client }, { order, tracking, option }) => {
    const shippingOption = option === undefined ? {} : { shippingOption: option };
    const { signals } = await client.orders.ship({ order, tracking, ...shippingOption });
    return signalsAnswer(signals);
  },
});

export const holdCommand = stationCommand({
  group: 'Working:',
  usage: 'hold <item>',
  summary: 'Keep an item from being handed over',
  options: [['--note <text>', 'why (needed)']],
  input: z.object({ item: referenceText, note: filledText }),
  run: async ({ client }, input) => itemAnswer((await client.items.hold(input)).item),
});

export const resumeCommand = stationCommand({
  group: 'Working:',
  usage: 'resume <item>',
  summary: 'Let a held item go on',
  input: z.object({ item: referenceText }),
  run: async ({ client }, input) => itemAnswer((await client.items.resume(input)).item),
});

const itemAnswer = (item: ItemView): Answer => ({ json: item, lines: () => [itemLine(item)] });

const itemLine = ({ id, externalId, stage, held }: ItemView): string =>
  printable(
    `Item ${id} (${externalId}): ${stageWord(stage)}` +
      (held === null ? '' : `, held since ${momentWord(held.since)}: ${held.note}`),
  );
