import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { PdfBook } from '../../../../renderer/client/pdf-book.ts';
import { createPagesStore, type PagesOf, pictureKey } from '../../../../renderer/stores/pages-store.ts';

const file = (id: number, sha256 = 'aa'): PagesOf => ({ id, sha256, bytes: 100 * id, format: 'pdf' });
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
};

/** A store over a library that draws when a test says so. */
const openStore = () => {
  const opened: string[] = [];
  const closed: string[] = [];
  const dropped: string[] = [];
  const draws: { readonly url: string; readonly signal: AbortSignal; end(): void; fail(): void }[] = [];
  const store = createPagesStore({
    contentUrl: (id) => `files/${id}/content`,
    openBook: async ({ url, bytes }) => {
      opened.push(`${url} ${bytes}`);
      const book: PdfBook = { pages: 3, draw: async () => undefined, close: () => closed.push(url) };
      return Object.assign(book, { url });
    },
    takePicture: (book, box, signal) =>
      new Promise((resolve, reject) => {
        const url = String(Reflect.get(book, 'url'));
        draws.push({
          url,
          signal,
          end: () => resolve({ url: `picture of ${url}`, ...box }),
          fail: () => reject(new Error('cannot be drawn')),
        });
      }),
    dropPicture: (url) => dropped.push(url),
  });
  return { store, opened, closed, dropped, draws };
};

describe('pictures of page one', () => {
  test('are drawn once for all who want them, and kept when nobody looks any more', async () => {
    const { store, opened, closed, draws } = openStore();
    const { want } = store.getState();
    const leave = [want(file(1), 144), want(file(1), 144)];
    await settle();
    expect(opened).toEqual(['files/1/content 100']);
    expect(store.getState().pictures[pictureKey(file(1), 144)]).toEqual({ kind: 'drawing' });
    draws[0]?.end();
    await settle();
    const ready = { kind: 'ready', url: 'picture of files/1/content', widthPx: 144, heightPx: 144 };
    expect(store.getState().pictures[pictureKey(file(1), 144)]).toEqual(ready);
    expect(closed).toEqual(['files/1/content']);
    for (const one of leave) one();
    want(file(1), 144);
    await settle();
    expect(opened).toHaveLength(1);
  });

  test('are never more than two under way', async () => {
    const { store, draws } = openStore();
    for (const id of [1, 2, 3, 4]) store.getState().want(file(id), 144);
    await settle();
    expect(draws.map(({ url }) => url)).toEqual(['files/1/content', 'files/2/content']);
    draws[1]?.end();
    await settle();
    expect(draws.map(({ url }) => url)).toEqual(['files/1/content', 'files/2/content', 'files/3/content']);
  });

  test('are called off when the last who wants one has gone', async () => {
    const { store, draws, dropped } = openStore();
    const leave = [store.getState().want(file(1), 144), store.getState().want(file(1), 144)];
    await settle();
    leave[0]?.();
    leave[0]?.();
    expect(draws[0]?.signal.aborted, 'somebody else still looks').toBe(false);
    leave[1]?.();
    expect(draws[0]?.signal.aborted).toBe(true);
    expect(store.getState().pictures).toEqual({});
    draws[0]?.end();
    await settle();
    expect(dropped, 'what came too late is not kept').toEqual(['picture of files/1/content']);
    expect(store.getState().pictures).toEqual({});
  });

  test('that failed are tried again when somebody looks the next time', async () => {
    const { store, draws } = openStore();
    const leave = store.getState().want(file(1), 144);
    await settle();
    draws[0]?.fail();
    await settle();
    expect(store.getState().pictures[pictureKey(file(1), 144)]).toEqual({ kind: 'failed' });
    leave();
    store.getState().want(file(1), 144);
    await settle();
    expect(draws).toHaveLength(2);
  });

  test('are others for another content and another size', () => {
    const keys = [pictureKey(file(1), 144), pictureKey(file(1, 'bb'), 144), pictureKey(file(1), 700)];
    expect(new Set(keys).size).toBe(3);
  });

  test('that nobody looks at are dropped, the oldest first, when there are very many', async () => {
    const { store, draws, dropped } = openStore();
    const keep = store.getState().want(file(1), 144);
    for (let id = 2; id <= 203; id += 1) {
      const leave = store.getState().want(file(id), 144);
      await settle();
      draws.at(-1)?.end();
      await settle();
      leave();
    }
    draws[0]?.end();
    await settle();
    expect(Object.keys(store.getState().pictures)).toHaveLength(200);
    expect(dropped.toSorted()).toEqual([2, 3, 4].map((id) => `picture of files/${id}/content`));
    keep();
  });

  test('cannot be had by a page without a key', async () => {
    const store = createPagesStore({
      contentUrl: null,
      openBook: () => Promise.reject(new Error('never asked')),
      takePicture: () => Promise.reject(new Error('never asked')),
      dropPicture: () => undefined,
    });
    store.getState().want(file(1), 144);
    await settle();
    expect(store.getState().pictures[pictureKey(file(1), 144)]).toEqual({ kind: 'failed' });
  });
});
