import type { FolderFit, ItemFits, Misfit } from '../../../main/contract/hot-folders.ts';

type File = ItemFits['files'][number];

/** What stands against a file in a folder. */
export interface FileMisfit {
  readonly file: File;
  readonly reasons: readonly Misfit[];
}

/**
 * What happens when the chosen files are dropped on a folder. `closed`: nothing of the item may be handed over now.
 * `notReady`: a file that would go is not there yet. `misfit`: only a second word hands over all the same. `fits`: they go.
 */
export type TargetFit =
  | { readonly kind: 'closed'; readonly why: 'held' | 'over' | 'nothing' }
  | { readonly kind: 'notReady'; readonly files: readonly File[] }
  | {
      readonly kind: 'misfit';
      readonly misfits: readonly FileMisfit[];
      readonly files: readonly File[];
      readonly again: boolean;
    }
  | {
      readonly kind: 'fits';
      readonly files: readonly File[];
      /** Chosen with the whole item, but of parts that the folder does not take. */
      readonly left: readonly File[];
      /** Some of them went to a folder before. */
      readonly again: boolean;
      /** Some of them could not be compared with the page numbers or the size that the folder accepts. */
      readonly unknown: boolean;
    };

/** It lies among the files of its item, but is no part of the work: it goes only where it is asked for. */
const labelRole = 'shippingLabel';

const wentBefore = (fits: ItemFits, file: File): boolean =>
  fits.folders.some((folder) => folder.files.some((fit) => fit.file === file.id && fit.handedOver));

/** How the chosen files fit a folder; `chosen` null is the whole item. */
export const targetFit = (fits: ItemFits, folder: FolderFit, chosen: readonly number[] | null): TargetFit => {
  if (fits.item.held) return { kind: 'closed', why: 'held' };
  if (!fits.item.open) return { kind: 'closed', why: 'over' };
  const rows = fits.files.flatMap((file) => {
    const fit = folder.files.find((each) => each.file === file.id);
    return fit === undefined || (chosen !== null && !chosen.includes(file.id)) ? [] : [{ ...fit, file }];
  });
  const going = rows.filter(({ verdict }) => verdict === 'goes');
  const asked = rows.filter(({ file }) => chosen !== null || file.role !== labelRole);
  const refused = asked.filter(
    ({ verdict }) => verdict === 'misfit' || (verdict === 'staysBehind' && (chosen !== null || going.length === 0)),
  );
  const concerned = [...going, ...refused];
  if (concerned.length === 0) return { kind: 'closed', why: 'nothing' };
  const notReady = concerned.filter(({ file }) => file.state !== 'ready');
  if (notReady.length > 0) return { kind: 'notReady', files: notReady.map(({ file }) => file) };
  const files = concerned.map(({ file }) => file);
  const again = files.some((file) => wentBefore(fits, file));
  if (refused.length > 0) {
    return { kind: 'misfit', misfits: refused.map(({ file, reasons }) => ({ file, reasons })), files, again };
  }
  return {
    kind: 'fits',
    files,
    left: asked.filter(({ verdict }) => verdict !== 'goes').map(({ file }) => file),
    again,
    unknown: going.some(({ unknown }) => unknown.length > 0),
  };
};
