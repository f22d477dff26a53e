import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { FileInspector } from '../../../../main/core/preflight/inspector.ts';
import type { InspectionOutcome, InspectionRequest } from '../../../../main/core/preflight/preflight-protocol.ts';
import { sampleFile } from '../../../support/sample-order.ts';
import { makeFile, trimmed } from './make-file.ts';
import { openPreflightFloor, type PreflightFloor } from './preflight-floor.ts';

/** Turns the clock until something is so: work that is left over is due at once. */
const until = async (floor: PreflightFloor, isSo: () => boolean | Promise<boolean>): Promise<void> => {
  for (let turn = 0; turn < 400; turn += 1) {
    if (await isSo()) return;
    await floor.clock.advance(1);
    await delay(10);
  }
  throw new Error('it never came to be');
};
const isInspected = (floor: PreflightFloor, id: number) => async () => (await floor.view(id)).inspection !== null;

/** Answers at once, and remembers what it was asked. */
const scripted = (answer: (request: InspectionRequest) => InspectionOutcome | Promise<InspectionOutcome>) => {
  const asked: string[] = [];
  const inspector: FileInspector = {
    inspect: async (request) => {
      asked.push(request.path);
      return answer(request);
    },
    close: async () => undefined,
  };
  return { asked, inspector };
};
const damaged: InspectionOutcome = { kind: 'unreadable', problem: 'its pages cannot be read', encrypted: false };

describe('a verified PDF', () => {
  test('is looked into once it is ready, and held against its item', async () => {
    const floor = await openPreflightFloor();
    const [id = 0] = await floor.order({
      product: 'textbook_pb_a5_p_bw',
      pages: 3,
      files: [sampleFile({ role: 'bookBlock' })],
    });
    floor.start();
    const told: number[] = [];
    floor.store.changes.subscribe(({ files }) => told.push(...files));
    expect((await floor.view(id)).inspection).toBeNull();

    await floor.makeReady(id, await makeFile([trimmed(148, 210), trimmed(148, 210)]));
    await until(floor, isInspected(floor, id));
    const { state, inspection } = await floor.view(id);
    expect(state).toBe('ready');
    expect(inspection).toMatchObject({
      state: 'readable',
      pages: 2,
      uniform: true,
      trim: { widthMm: 148, heightMm: 210 },
      bleedMm: 3,
      fontsNotEmbedded: [],
    });
    expect(inspection?.findings[0]).toEqual({
      code: 'pageCount',
      level: 'mismatch',
      detail: { found: 2, expected: 3 },
      suggestedCause: 'shop pageCount bookBlock',
    });
    // Once for the file that became ready, and once for what was found in it.
    await until(floor, () => told.filter((file) => file === id).length === 2);
  });

  test('that is damaged stays ready: what is found is a hint, and the thread goes on', async () => {
    const floor = await openPreflightFloor();
    const [broken = 0] = await floor.order();
    const [whole = 0] = await floor.order();
    floor.start();
    await floor.makeReady(broken, Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n%%EOF'));
    await floor.makeReady(whole, await makeFile([trimmed(148, 210)]));
    await until(floor, isInspected(floor, whole));
    await until(floor, isInspected(floor, broken));
    expect(await floor.view(broken)).toMatchObject({
      state: 'ready',
      problem: null,
      inspection: { state: 'unreadable', damaged: true, pages: null },
    });
    const order = await floor.store.read.selectFrom('orders').select(['problemCount', 'problem']).execute();
    expect(order).toEqual([
      { problemCount: 0, problem: null },
      { problemCount: 0, problem: null },
    ]);
  });

  test('is looked into again when its content is another, and what was found before is not shown of it', async () => {
    const floor = await openPreflightFloor();
    const [id = 0] = await floor.order();
    floor.start();
    await floor.makeReady(id, await makeFile([trimmed(148, 210)]));
    await until(floor, isInspected(floor, id));
    await floor.store.write(async ({ db }) => {
      await db.updateTable('files').set({ state: 'fetching' }).where('id', '=', id).execute();
    });
    expect((await floor.view(id)).inspection).toBeNull();
    await floor.makeReady(id, await makeFile([trimmed(148, 210), trimmed(148, 210)]));
    expect((await floor.view(id)).inspection).toBeNull();
    await until(floor, isInspected(floor, id));
    expect((await floor.view(id)).inspection?.pages).toBe(2);
  });

  test('that was replaced while it was looked into gets no report of the old content', async () => {
    const floor = await openPreflightFloor();
    const [id = 0] = await floor.order();
    let replace: (() => Promise<void>) | null = async () =>
      floor.makeReady(id, await makeFile([trimmed(148, 210), trimmed(148, 210)]));
    const { asked, inspector } = scripted(async () => {
      await replace?.();
      replace = null;
      return damaged;
    });
    floor.start(inspector);
    await floor.makeReady(id, await makeFile([trimmed(148, 210)]));
    await until(floor, isInspected(floor, id));
    expect(asked).toHaveLength(2);
  });
});

describe('what is no PDF, or not ready', () => {
  test('is left alone', async () => {
    const floor = await openPreflightFloor();
    const [zip = 0] = await floor.order({ files: [sampleFile({ format: 'zip' })] });
    const [waiting = 0] = await floor.order();
    const [control = 0] = await floor.order();
    const { asked, inspector } = scripted(() => damaged);
    floor.start(inspector);
    await floor.makeReady(zip, Buffer.from('PK'));
    await floor.store.write(async ({ touched }) => {
      touched.files.add(waiting);
    });
    await floor.makeReady(control, Buffer.from('%PDF'));
    await until(floor, isInspected(floor, control));
    expect(asked).toHaveLength(1);
  });
});

describe('a station that starts', () => {
  test('looks into what became ready before, the newest first, and into nothing twice', async () => {
    const floor = await openPreflightFloor();
    const ids: number[] = [];
    for (let count = 0; count < 4; count += 1) ids.push(...(await floor.order()));
    for (const id of ids) await floor.makeReady(id, Buffer.from(`%PDF ${id}`));
    const first = scripted(() => damaged);
    const preflight = floor.start(first.inspector);
    for (const id of ids) await until(floor, isInspected(floor, id));
    expect(first.asked.map((path) => /order-(\d)/.exec(path)?.[1])).toEqual(['4', '3', '2', '1']);
    await preflight.stop();

    const second = scripted(() => damaged);
    const [late = 0] = await floor.order();
    await floor.makeReady(late, Buffer.from('%PDF late'));
    floor.start(second.inspector);
    await until(floor, isInspected(floor, late));
    await floor.clock.advance(5);
    expect(second.asked).toHaveLength(1);
  });

  test('takes up what was being looked into when it stopped', async () => {
    const floor = await openPreflightFloor();
    const [id = 0] = await floor.order();
    await floor.makeReady(id, Buffer.from('%PDF'));
    let called = (): void => undefined;
    const isCalledOff = new Promise<void>((resolve) => {
      called = resolve;
    });
    const stuck: FileInspector = {
      inspect: async () => {
        await isCalledOff;
        return { kind: 'skipped', reason: 'stopped' };
      },
      close: async () => called(),
    };
    const preflight = floor.start(stuck);
    await floor.clock.advance(5);
    await preflight.stop();
    expect((await floor.view(id)).inspection).toBeNull();
    floor.start(scripted(() => damaged).inspector);
    await until(floor, isInspected(floor, id));
  });
});

describe('a bug over one file', () => {
  test('keeps nobody from the others', async () => {
    const floor = await openPreflightFloor();
    const [bad = 0] = await floor.order();
    const [good = 0] = await floor.order();
    const { asked, inspector } = scripted((request) => {
      if (request.path.includes('order-1')) throw new Error('a bug');
      return damaged;
    });
    floor.start(inspector);
    await floor.makeReady(bad, Buffer.from('%PDF 1'));
    await floor.makeReady(good, Buffer.from('%PDF 2'));
    await until(floor, isInspected(floor, good));
    await floor.clock.advance(60_000);
    expect((await floor.view(bad)).inspection).toBeNull();
    expect(asked).toHaveLength(2);
  });
});
