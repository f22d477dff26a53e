import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { AuditedFile } from '../store/look-protocol.ts';
import type { Finding } from './check-finding.ts';

/** As file systems that ignore case compare names. */
const keyOf = (relativePath: string): string => relativePath.toLowerCase().normalize('NFC');

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
};

/** Files that no row knows, or that a row says are deleted. */
const findOrphans = async (folder: string, files: readonly AuditedFile[]): Promise<readonly Finding[]> => {
  const known = new Set<string>();
  for (const { relativePath, state, deletedAtMs } of files) {
    if (deletedAtMs !== null) continue;
    known.add(keyOf(relativePath));
    if (state !== 'ready') known.add(`${keyOf(relativePath)}.part`);
  }
  return (await filesBelow(folder))
    .filter((path) => !known.has(keyOf(path)))
    .map((path) => ({
      code: 'orphanFile',
      text: `${path} belongs to no order`,
      advice: 'if its order is missing, have the platform send it again; else delete it',
    }));
};

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};

/** What is wrong with a file that should be there; null when nothing is. */
const findingOf = async (folder: string, file: AuditedFile, deep: boolean): Promise<Finding | null> => {
  const path = join(folder, file.relativePath);
  const found = await stat(path).catch(() => null);
  const again =
    file.open === 1 ? `platen retry file ${file.id} fetches it again` : 'its order is over: nothing is needed';
  if (found === null) {
    return { code: 'missingFile', text: `file ${file.id}, ${file.relativePath}, is missing`, advice: again };
  }
  const moveAway = file.open === 1 ? `move it away, then ${again}` : again;
  if (found.size !== file.bytes) {
    const text = `file ${file.id}, ${file.relativePath}, has ${found.size} bytes, and had ${file.bytes} when it was verified`;
    return { code: 'wrongLength', text, advice: moveAway };
  }
  if (!deep || file.sha256 === null || (await sha256Of(path)) === file.sha256) return null;
  const text = `file ${file.id}, ${file.relativePath}, is not what it was when it was verified`;
  return { code: 'wrongContent', text, advice: moveAway };
};

/** Compares the files folder with the database: each verified file there, and nothing else. `deep` reads every byte. */
export const checkFiles = async (
  folder: string,
  files: readonly AuditedFile[],
  deep: boolean,
): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  for (const file of files) {
    if (file.state !== 'ready' || file.deletedAtMs !== null) continue;
    const finding = await findingOf(folder, file, deep);
    if (finding !== null) findings.push(finding);
  }
  return [...findings, ...(await findOrphans(folder, files))];
};
