import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { PdfBook } from '../../client/pdf-book.ts';
import styles from './page-canvas.module.css';

interface PageCanvasProps {
  readonly book: PdfBook;
  readonly page: number;
  readonly label: string;
  /** Says how it went once a page is drawn, or cannot be. */
  readonly onDrawn: (drawn: boolean) => void;
  /** Lies over the page, and nowhere else. */
  readonly children: ReactNode;
}

interface Room {
  readonly width: number;
  readonly height: number;
}

/** How much room an element leaves to what is in it. */
const useRoom = (element: HTMLElement | null): Room | null => {
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      setRoom({ width: Math.floor(width), height: Math.floor(height) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return room;
};

/** One page, as large as there is room. The last one stays until the next is drawn, so that nothing flickers. */
export const PageCanvas = ({ book, page, label, onDrawn, children }: PageCanvasProps) => {
  const [stage, setStage] = useState<HTMLElement | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const room = useRoom(stage);
  const [drawnPage, setDrawnPage] = useState<number | null>(null);
  useEffect(() => {
    if (room === null || room.width < 1 || room.height < 1) return undefined;
    const abort = new AbortController();
    const canvas = document.createElement('canvas');
    const sharp = window.devicePixelRatio;
    const box = { widthPx: room.width * sharp, heightPx: room.height * sharp };
    book.draw(page, canvas, box, abort.signal).then(
      () => {
        if (abort.signal.aborted) return;
        canvas.style.width = `${canvas.width / sharp}px`;
        canvas.style.height = `${canvas.height / sharp}px`;
        place.current?.replaceChildren(canvas);
        setDrawnPage(page);
        onDrawn(true);
      },
      () => {
        if (!abort.signal.aborted) onDrawn(false);
      },
    );
    return () => abort.abort();
  }, [book, page, room, onDrawn]);
  return (
    <div ref={setStage} className={styles.stage}>
      <div className={styles.page} role="img" aria-label={label} data-page={drawnPage ?? undefined}>
        <div ref={place} className={styles.place} />
        {drawnPage === page && children}
      </div>
    </div>
  );
};
