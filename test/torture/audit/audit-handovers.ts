import type { Evidence } from './evidence.ts';
import type { Loss } from './loss.ts';

/** Each hand-over happened exactly once or is a question to a person, and what the RIP took is what was verified. */
export const auditHandovers = ({ handovers, files }: Pick<Evidence, 'handovers' | 'files'>): readonly Loss[] => {
  const { rows, taken, again, leftovers } = handovers;
  const loss = (where: string, what: string): Loss => ({ kind: 'handOver', where, what });
  const losses: Loss[] = [];
  const placeOf = ({ folder, name }: { readonly folder: string; readonly name: string }): string => `${folder}/${name}`;
  const fileOf = new Map(files.here.map((file) => [file.id, file]));
  const takenAt = Map.groupBy(taken, placeOf);
  const byPlace = Map.groupBy(rows, placeOf);
  for (const place of new Set([...takenAt.keys(), ...byPlace.keys()])) {
    const here = byPlace.get(place) ?? [];
    const proven = here.filter(({ state }) => state === 'pickedUp' || state === 'sent').length;
    const asked = here.filter(({ state }) => state === 'maybeSent').length;
    const takes = takenAt.get(place) ?? [];
    const took = takes.length;
    if (took < proven) losses.push(loss(place, `handed over ${proven} times, and the RIP took it ${took} times`));
    if (took > proven + asked)
      losses.push(loss(place, `the RIP took it ${took} times, ${proven + asked} are known here`));
    const md5s = new Set(here.map(({ file }) => fileOf.get(file)?.notedMd5 ?? null));
    for (const { md5 } of takes) {
      if (!md5s.has(md5))
        losses.push(loss(place, `the RIP took MD5 ${md5}, which is that of no file handed over there`));
    }
  }
  for (const [file, its] of Map.groupBy(rows, (row) => row.file)) {
    const once = its.filter(({ state }) => state !== 'undone').length;
    const where = `${fileOf.get(file)?.name ?? ''} (file ${file})`;
    const most = 1 + (again.get(file) ?? 0);
    if (once > most) losses.push(loss(where, `handed over ${once} times, and at most ${most} were wanted`));
    const open = its.find(({ state }) => !['pickedUp', 'maybeSent', 'undone'].includes(state));
    if (open !== undefined) losses.push(loss(where, `hand-over ${open.id} is still ${open.state}`));
  }
  const handed = new Set(
    rows.filter(({ state }) => state === 'pickedUp' || state === 'maybeSent').map(({ file }) => file),
  );
  for (const { id, name, ready, excused } of files.here) {
    if (ready && !excused && !handed.has(id)) losses.push(loss(`${name} (file ${id})`, 'it was never handed over'));
  }
  for (const path of leftovers) losses.push(loss(path, 'a temporary file is left in the hot folder'));
  return losses;
};
