import type { FileEvidence } from './evidence.ts';
import { countsOf, type Loss } from './loss.ts';

/** Every file is here exactly once, and each of its bytes is the platform's. */
export const auditFiles = ({ there, here }: FileEvidence): readonly Loss[] => {
  const loss = (where: string, what: string): Loss => ({ kind: 'file', where, what });
  const losses: Loss[] = [];
  const nameOf = ({ connection, order }: { readonly connection: string; readonly order: string }): string =>
    `${connection}:${order}`;
  const offered = Map.groupBy(there, nameOf);
  const found = Map.groupBy(here, nameOf);
  for (const order of new Set([...offered.keys(), ...found.keys()])) {
    const files = found.get(order) ?? [];
    const open = new Map(countsOf((offered.get(order) ?? []).map(({ md5 }) => md5)));
    for (const file of files.filter(({ excused }) => !excused)) {
      const where = `${order} ${file.name} (file ${file.id})`;
      if (!file.ready) losses.push(loss(where, 'it is not ready'));
      else if (file.md5 === null) losses.push(loss(where, 'it is not on disk'));
      else if (file.notedMd5 !== null && file.notedMd5 !== file.md5) {
        losses.push(loss(where, `MD5 ${file.md5} on disk, but ${file.notedMd5} was verified`));
      } else {
        const left = open.get(file.md5) ?? 0;
        if (left === 0)
          losses.push(loss(where, `MD5 ${file.md5} is that of no file there, or of one that is here twice`));
        open.set(file.md5, left - 1);
      }
    }
    for (const { excused, md5 } of files) if (excused && md5 !== null) open.set(md5, (open.get(md5) ?? 0) - 1);
    const missing = [...open.values()].reduce((sum, left) => sum + Math.max(0, left), 0);
    const excusedFiles = files.filter(({ excused, md5 }) => excused && md5 === null).length;
    if (missing > excusedFiles) losses.push(loss(order, `${missing - excusedFiles} of its files are not here`));
  }
  return losses;
};
