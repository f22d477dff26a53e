import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { protocolVersion } from '../../main/contract/contract.ts';
import { ContractError, type Failure } from '../../main/contract/failure.ts';
import { readMessage, stationMessage } from '../../main/contract/messages.ts';
import { ContractServer } from '../../main/contract/server.ts';
import { noDesktop } from '../support/no-desktop.ts';
import { noTrainingCalls } from '../support/no-training.ts';
import { createStaffedStation } from '../support/staffed-station.ts';
import { sampleFile, sampleOrder, sampleRow, sampleSignal } from './stand-in/sample-views.ts';
import { createStandInStation, mark, type StandInStation } from './stand-in/stand-in-station.ts';
import type { OpenedWire, OpenWire } from './wires/opened-wire.ts';

/** What the contract promises, over one kind of wire. Every wire must pass all of it. */
export const describeContract = (wireName: string, openWire: OpenWire): void => {
  let opened: OpenedWire[];
  let unexpected: { readonly call: string; readonly error: unknown }[];
  beforeEach(() => {
    opened = [];
    unexpected = [];
  });
  afterEach(async () => {
    for (const each of opened) await each.dispose();
  });

  const open = async (accept: Parameters<OpenWire>[0]): Promise<OpenedWire> => {
    const wire = await openWire(accept);
    opened.push(wire);
    return wire;
  };

  /** A client of the station. */
  const connect = (station: StandInStation = createStandInStation()): Promise<OpenedWire> => {
    const server = new ContractServer({
      handlers: { ...station.handlers, desktop: noDesktop, training: noTrainingCalls },
      access: station.access,
      events: station.events,
      version: '1.2.3',
      onUnexpected: (call, error) => unexpected.push({ call, error }),
    });
    return open((wire) => server.serve(wire, { by: 'screen' }));
  };

  /** Sends any text and answers how the station answered the call with this id. */
  const sendRaw = (wire: OpenedWire['wire'], id: number, text: string): Promise<unknown> =>
    new Promise((resolve) => {
      const stop = wire.onMessage((answer) => {
        const message = readMessage(stationMessage, answer);
        if (message === null || !('id' in message) || message.id !== id) return;
        stop();
        resolve(message.type === 'failure' ? message.failure : message);
      });
      wire.send(text);
    });

  const callRaw = (wire: OpenedWire['wire'], id: number, call: string, input: unknown): Promise<unknown> =>
    sendRaw(wire, id, JSON.stringify({ type: 'call', id, call, input }));

  describe(`a call over ${wireName}`, () => {
    it('reaches the station with its defaults filled in, and brings back the answer', async () => {
      const station = createStandInStation();
      const { client } = await connect(station);
      const answer = await client.orders.list({ problemsOnly: true });
      expect(answer).toEqual({ ...mark, total: 1, problemCount: 0, orders: [sampleRow()] });
      expect(station.seen).toEqual([
        {
          call: 'orders.list',
          input: { problemsOnly: true, openOnly: false, offset: 0, limit: 200 },
          by: 'screen',
        },
      ]);
    });

    it('never brings back more than the contract names', async () => {
      const withSecrets = { ...sampleFile(), url: 'https://files.example/?signature=1', rawDocument: { apikey: 'x' } };
      const station = createStandInStation({ files: { retry: async () => ({ file: withSecrets, apikey: 'x' }) } });
      const { client } = await connect(station);
      expect(await client.files.retry({ file: 21 })).toEqual({ file: sampleFile() });
    });

    it('brings back plain JSON alone: what is none is a fault of the station, not a surprise for the screen', async () => {
      const wrong = [new Date(), new Map([['a', 1]]), 1n, undefined, Number.NaN, () => 1];
      let next: unknown;
      const station = createStandInStation({
        files: { retry: async () => ({ file: { ...sampleFile(), bytes: next as number } }) },
      });
      const { client } = await connect(station);
      for (const value of wrong) {
        next = value;
        await expect(client.files.retry({ file: 21 })).rejects.toMatchObject({ code: 'internal' });
      }
      next = 7;
      const { file } = await client.files.retry({ file: 21 });
      expect(file).toEqual(JSON.parse(JSON.stringify(file)));
      expect(unexpected).toHaveLength(wrong.length);
    });

    it('fails with the code, the message and the hint that the station gave', async () => {
      const failure: Failure = { code: 'conflict', message: 'item 11 is held: “why?” <b>', retryable: true };
      const station = createStandInStation({
        items: { resume: async () => Promise.reject(ContractError.from(failure)) },
      });
      const { client } = await connect(station);
      const error: unknown = await client.items.resume({ item: 11 }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ContractError);
      expect(error).toMatchObject(failure);
      expect(unexpected).toEqual([]);
    });

    it('fails without telling what broke inside the station, which is told to its log', async () => {
      const inside = new Error('SQLITE_CORRUPT in /data/platen.db');
      const station = createStandInStation({ items: { resume: async () => Promise.reject(inside) } });
      const { client } = await connect(station);
      const error: unknown = await client.items.resume({ item: 11 }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'internal', retryable: false });
      expect(JSON.stringify(error) + String(error)).not.toContain('SQLITE');
      expect(unexpected).toEqual([{ call: 'items.resume', error: inside }]);
    });

    it.each([
      'orders.destroy',
      'nothing.get',
      'orders',
      '',
      '.',
      'orders.changed',
      '__proto__.toString',
      'constructor.name',
      'orders.__proto__',
      'orders.constructor',
    ])('to a name that is no call fails as not found: %j', async (name) => {
      const { wire } = await connect();
      expect(await callRaw(wire, 5, name, {})).toMatchObject({ code: 'notFound' });
      expect(unexpected).toEqual([]);
    });

    it('with wrong input fails with one line that names the field, and never reaches the station', async () => {
      const station = createStandInStation();
      const { wire, client } = await connect(station);
      const wrong: readonly (readonly [string, unknown, RegExp])[] = [
        ['files.retry', { file: 'one' }, /^file: [^\n]+$/],
        ['files.retry', { file: -1 }, /^file: [^\n]+$/],
        ['orders.list', { limit: 100_000 }, /^limit: [^\n]+$/],
        ['orders.list', 'text', /^input: [^\n]+$/],
        ['orders.list', [], /^input: [^\n]+$/],
        [
          'items.signal',
          { item: 11, signal: { kind: 'shipped', tracking: ' ' } },
          /^signal\.tracking: a tracking number/,
        ],
        ['desktop.dragOut', { files: [] }, /^files: [^\n]+$/],
      ];
      for (const [name, input, line] of wrong) {
        expect(await callRaw(wire, 5, name, input)).toMatchObject({
          code: 'invalidInput',
          message: expect.stringMatching(line),
          retryable: false,
        });
      }
      await expect(client.items.hold({ item: 11, note: '' })).rejects.toMatchObject({ code: 'invalidInput' });
      expect(station.seen).toEqual([]);
    });

    it('carries a document of the greatest length there, and a long answer back', async () => {
      const document = `<order>${'"\n'.repeat(4_999_990)}</order>`.padEnd(10_000_000, 'x');
      const title = 'ø'.repeat(4_000_000);
      const station = createStandInStation({
        orders: { get: async () => ({ ...mark, order: sampleOrder({ titles: title }), history: [] }) },
      });
      const { client } = await connect(station);
      await client.orders.import({ connection: 'cp', document });
      expect(station.seen[0]?.input).toEqual({ connection: 'cp', document });
      const { order } = await client.orders.get({ order: 1 });
      expect(order.titles === title).toBe(true);
    });

    it('gets its own answer, although a later one is answered first', async () => {
      let release = (): void => undefined;
      const slow = new Promise<void>((resolve) => {
        release = resolve;
      });
      const station = createStandInStation({
        outbox: {
          get: async ({ id }) => {
            if (id === 1) await slow;
            return { signal: sampleSignal({ id }), attempts: [] };
          },
        },
      });
      const { client } = await connect(station);
      const first = client.outbox.get({ id: 1 });
      const second = await client.outbox.get({ id: 2 });
      release();
      expect([(await first).signal.id, second.signal.id]).toEqual([1, 2]);
    });

    it('comes in the order in which it was made', async () => {
      const station = createStandInStation();
      const { client } = await connect(station);
      await Promise.all(Array.from({ length: 300 }, (_, index) => client.files.retry({ file: index + 1 })));
      expect(station.seen.map(({ input }) => input)).toEqual(
        Array.from({ length: 300 }, (_, index) => ({ file: index + 1 })),
      );
    });
  });

  describe(`an event over ${wireName}`, () => {
    it('comes to those alone who asked for it, until they stop', async () => {
      const station = createStandInStation();
      const [asking, silent] = [await connect(station), await connect(station)];
      const heard: number[] = [];
      const wires: string[] = [];
      const stop = asking.client.orders.onChanged(({ revision }) => heard.push(revision));
      silent.wire.onMessage((text) => wires.push(text));
      await asking.client.station.get({});
      await silent.client.station.get({});

      station.emit('orders.changed', { ...mark, revision: 8, orders: [] });
      station.emit('files.progress', { transfers: [] });
      await asking.client.station.get({});
      await silent.client.station.get({});
      stop();
      await asking.client.station.get({});
      station.emit('orders.changed', { ...mark, revision: 9, orders: [] });
      await asking.client.station.get({});

      expect(heard).toEqual([8]);
      expect(wires.filter((text) => text.includes('"event"'))).toEqual([]);
    });

    it('reaches every listener of one client, in the order in which it happened', async () => {
      const station = createStandInStation();
      const { client } = await connect(station);
      const heard: number[][] = [[], []];
      client.orders.onChanged(({ revision }) => heard[0]?.push(revision));
      const stopSecond = client.orders.onChanged(({ revision }) => heard[1]?.push(revision));
      await client.station.get({});
      for (let revision = 1; revision <= 500; revision += 1) {
        station.emit('orders.changed', { ...mark, revision, orders: [] });
      }
      await client.station.get({});
      stopSecond();
      station.emit('orders.changed', { ...mark, revision: 501, orders: [] });
      await client.station.get({});
      const inOrder = Array.from({ length: 500 }, (_, index) => index + 1);
      expect(heard).toEqual([[...inOrder, 501], inOrder]);
    });
  });

  describe(`who makes a call over ${wireName}`, () => {
    const signedInOf = async (client: OpenedWire['client']) =>
      (await client.people.list({})).signedIn?.initials ?? null;

    it('is who signed in on this very wire, until they sign out', async () => {
      const station = await createStaffedStation();
      const [here, there] = [(await connect(station)).client, (await connect(station)).client];
      const [, operator] = station.ids;
      expect(await here.people.signIn({ person: operator, pin: '1111' })).toEqual({ kind: 'refused', waitSeconds: 0 });
      expect(await here.people.signIn({ person: operator, pin: '2222' })).toMatchObject({ kind: 'signedIn' });
      await here.items.resume({ item: 11 });
      await there.orders.list({});
      expect([await signedInOf(here), await signedInOf(there)]).toEqual(['OP', null]);
      await here.people.signOut({});
      await here.orders.list({});
      const seen = station.seen.filter(({ call }) => !call.startsWith('people.'));
      expect(seen.map(({ call, by }) => `${call} by ${by}`)).toEqual([
        'items.resume by OP',
        'orders.list by screen',
        'orders.list by screen',
      ]);
    });

    it('may look without a PIN, act with one, and change the station as a manager', async () => {
      const station = await createStaffedStation();
      const { client } = await connect(station);
      const [manager, operator] = station.ids;
      const tried = async (): Promise<readonly string[]> =>
        Promise.all(
          [
            client.orders.get({ order: 1 }),
            client.items.hold({ item: 11, note: 'why' }),
            client.people.remove({ id: 99 }),
          ].map((call) =>
            call.then(
              () => 'done',
              (error: ContractError) => error.code,
            ),
          ),
        );
      expect(await tried()).toEqual(['done', 'notPermitted', 'notPermitted']);
      await client.people.signIn({ person: operator, pin: '2222' });
      expect(await tried()).toEqual(['done', 'done', 'notPermitted']);
      await client.people.signIn({ person: manager, pin: '1111' });
      expect(await tried()).toEqual(['done', 'done', 'notFound']);
    });

    it('is the same person on the next wire of a screen, which shows the session of the last', async () => {
      const station = await createStaffedStation();
      const first = await connect(station);
      const outcome = await first.client.people.signIn({ person: station.ids[1], pin: '2222' });
      const session = outcome.kind === 'signedIn' ? outcome.session : '';
      first.end();
      await first.closed;
      const { client } = await connect(station);
      expect(await signedInOf(client)).toBeNull();
      expect(await client.people.resume({ session })).toMatchObject({ signedIn: { initials: 'OP' } });
      await client.items.resume({ item: 11 });
      expect(station.seen.at(-1)).toMatchObject({ call: 'items.resume', by: 'OP' });
      expect(await client.people.resume({ session: 'none' })).toEqual({ signedIn: null });
    });
  });

  describe(`the end of ${wireName}`, () => {
    it('rejects what was still open and what comes later, and the station forgets the client', async () => {
      const station = createStandInStation({
        outbox: { get: () => new Promise(() => undefined) },
      });
      const opened = await connect(station);
      opened.client.orders.onChanged(() => undefined);
      await opened.client.station.get({});
      expect(station.listenerCount()).toBe(1);
      const waiting = opened.client.outbox.get({ id: 1 }).catch((reason: unknown) => reason);
      await expect.poll(() => station.seen.at(-1)?.call).toBe('outbox.get');

      opened.end();
      await opened.closed;
      expect(await waiting).toMatchObject({ code: 'unreachable', retryable: true });
      await expect(opened.client.station.get({})).rejects.toMatchObject({ code: 'unreachable' });
      await expect.poll(() => station.listenerCount()).toBe(0);
      station.emit('orders.changed', { ...mark, orders: [] });
    });

    it('comes at once when the station speaks another version', async () => {
      const { client } = await open((wire) =>
        wire.send(JSON.stringify({ type: 'hello', protocol: protocolVersion + 1, version: '9.0.0' })),
      );
      await expect(client.station.get({})).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('9.0.0'),
      });
    });
  });

  describe(`a hostile client of ${wireName}`, () => {
    it('does not stop the station from serving', async () => {
      const station = createStandInStation();
      const { wire, client } = await connect(station);
      for (let round = 0; round < 300; round += 1) for (const text of hostileTexts(round)) wire.send(text);
      const { station: answered } = await client.station.get({});
      expect(answered.name).toBe('Site A');
      expect(station.seen).toHaveLength(1);
      expect(unexpected).toEqual([]);

      const other = await connect(station);
      expect((await other.client.station.get({})).station.name).toBe('Site A');
    });
  });
};

/** Texts that no honest client sends; none of them is a call that the station knows. */
const hostileTexts = (round: number): readonly string[] => [
  '',
  'null',
  '[]',
  '{',
  '\u0000',
  '\ud800',
  '['.repeat(20_000),
  '{"type":"call"}',
  `{"type":"call","id":${round}}`,
  '{"type":"call","id":-1,"call":"station.get","input":{}}',
  '{"type":"call","id":1e400,"call":"station.get","input":{}}',
  '{"type":"call","id":1.5,"call":"station.get","input":{}}',
  '{"type":"call","id":"1","call":"station.get","input":{}}',
  `{"type":"call","id":1${round},"call":"${'x'.repeat(1000)}","input":{}}`,
  `{"type":"call","id":1${round},"call":"__proto__.__proto__","input":{"__proto__":{"polluted":true}}}`,
  `{"type":"subscribe","event":"nothing.${round}"}`,
  '{"type":"subscribe","event":"__proto__"}',
  '{"type":"subscribe","event":7}',
  '{"type":"unsubscribe","event":"never.subscribed"}',
  `{"type":"result","id":${round},"output":{}}`,
  '{"type":"hello","protocol":99,"version":"x"}',
];
