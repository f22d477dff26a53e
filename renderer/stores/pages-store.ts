import { createStore } from 'zustand/vanilla';
import type { FileView } from '../../main/contract/files.ts';
import type { PageSource } from '../client/page-source.ts';
import type { PdfBook, PixelBox } from '../client/pdf-book.ts';
import { DrawQueue } from './draw-queue.ts';

/** A picture of page one. */
export type PagePicture =
  | { readonly kind: 'drawing' }
  | { readonly kind: 'ready'; readonly url: string; readonly widthPx: number; readonly heightPx: number }
  | { readonly kind: 'failed' };

/** What of a file decides how its pages look: another content is another picture. */
export type PagesOf = Pick<FileView, 'id' | 'sha256' | 'bytes' | 'format'>;

export interface PagesState {
  /** By `pictureKey`. */
  readonly pictures: Readonly<Record<string, PagePicture>>;
  /** Has a picture drawn, and keeps it until the function that it answers is called; what is not done by then is called off. */
  readonly want: (file: PagesOf, longestPx: number) => () => void;
  /** A file was opened to page through it. */
  readonly pagesSeen: boolean;
  /** Opens a file to page through it. */
  readonly open: (file: PagesOf, signal: AbortSignal) => Promise<PdfBook>;
}

export interface PagesStoreDeps {
  readonly contentUrl: ((fileId: number) => string) | null;
  /** Opens a PDF or a picture; the library that can comes with the first. */
  readonly openBook: (source: PageSource, signal: AbortSignal) => Promise<PdfBook>;
  /** Draws page one into a picture, and answers its address. */
  readonly takePicture: (book: PdfBook, box: PixelBox, signal: AbortSignal) => Promise<Omit<TakenPicture, 'kind'>>;
  readonly dropPicture: (url: string) => void;
}

type TakenPicture = PagePicture & { readonly kind: 'ready' };

/** Never more at once, so that the screen itself stays quick. */
const mostAtOnce = 2;
/** Pictures that nobody looks at are kept, so that going back to an order shows them at once. */
const mostKept = 200;

export const pictureKey = ({ id, sha256 }: PagesOf, longestPx: number): string => `${id} ${sha256 ?? ''} ${longestPx}`;

/** Pictures of the pages of files. */
export const createPagesStore = (deps: PagesStoreDeps) => {
  const queue = new DrawQueue(mostAtOnce);
  const watchers = new Map<string, number>();
  const running = new Map<string, AbortController>();

  const store = createStore<PagesState>()(() => ({
    pictures: {},
    want: (file, longestPx) => {
      const key = pictureKey(file, longestPx);
      watchers.set(key, (watchers.get(key) ?? 0) + 1);
      if (store.getState().pictures[key] === undefined) void draw(key, file, longestPx);
      let wanted = true;
      return () => {
        if (!wanted) return;
        wanted = false;
        leave(key);
      };
    },
    pagesSeen: false,
    open: async (file, signal) => {
      const book = await openFile(file, signal);
      store.setState({ pagesSeen: true });
      return book;
    },
  }));

  const put = (key: string, picture: PagePicture): void =>
    store.setState(({ pictures }) => ({ pictures: { ...pictures, [key]: picture } }));

  const forget = (keys: readonly string[]): void =>
    store.setState(({ pictures }) => ({
      pictures: Object.fromEntries(Object.entries(pictures).filter(([key]) => !keys.includes(key))),
    }));

  const openFile = async (file: PagesOf, signal: AbortSignal): Promise<PdfBook> => {
    if (deps.contentUrl === null) throw new Error('this page has no key');
    return deps.openBook({ url: deps.contentUrl(file.id), bytes: file.bytes, format: file.format }, signal);
  };

  const draw = async (key: string, file: PagesOf, longestPx: number): Promise<void> => {
    const abort = new AbortController();
    running.set(key, abort);
    put(key, { kind: 'drawing' });
    const take = async () => {
      const book = await openFile(file, abort.signal);
      try {
        return await deps.takePicture(book, { widthPx: longestPx, heightPx: longestPx }, abort.signal);
      } finally {
        book.close();
      }
    };
    const picture = await queue.run(take, abort.signal).catch(() => null);
    if (running.get(key) === abort) running.delete(key);
    if (abort.signal.aborted) {
      if (picture !== null) deps.dropPicture(picture.url);
      return;
    }
    put(key, picture === null ? { kind: 'failed' } : { kind: 'ready', ...picture });
    dropOldest();
  };

  const leave = (key: string): void => {
    const left = (watchers.get(key) ?? 1) - 1;
    if (left > 0) {
      watchers.set(key, left);
      return;
    }
    watchers.delete(key);
    running.get(key)?.abort();
    running.delete(key);
    // What failed is tried again when somebody looks the next time.
    if (store.getState().pictures[key]?.kind !== 'ready') forget([key]);
  };

  const dropOldest = (): void => {
    const { pictures } = store.getState();
    const unwatched = Object.entries(pictures).filter(([key]) => !watchers.has(key));
    const tooMany = Object.keys(pictures).length - mostKept;
    if (tooMany <= 0) return;
    const dropped = unwatched.slice(0, tooMany);
    for (const [, picture] of dropped) if (picture.kind === 'ready') deps.dropPicture(picture.url);
    forget(dropped.map(([key]) => key));
  };
  return store;
};
