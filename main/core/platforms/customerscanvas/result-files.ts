import type { JobFile } from '../../domain/job-sighting.ts';
import { artifactFileUrl } from './api.ts';
import { itemExternalIds } from './project-items.ts';
import type { WireFile, WireProject } from './schema.ts';
import type { CustomersCanvasSettings } from './settings.ts';

/** The result files that are to be fetched, and what was left out. */
export interface ResultFiles {
  readonly files: readonly JobFile[];
  readonly previewsLeftOut: number;
  /** Names of files that neither an artifact nor an address leads to. */
  readonly unreachable: readonly string[];
}

const endings: ReadonlyMap<string, string> = new Map([
  ['jpeg', 'jpg'],
  ['svg+xml', 'svg'],
  ['tiff', 'tif'],
  ['plain', 'txt'],
]);

/** From a token (`pdf`), a MIME type (`application/pdf`) or the name; empty when nothing tells. */
const formatOf = ({ format, name }: Pick<WireFile, 'format' | 'name'>): string => {
  const [type = ''] = format.toLowerCase().split(';');
  const token = (type.split('/').at(-1) ?? '').replace(/^[.]|^x-/u, '').trim();
  const known = token === 'octet-stream' ? '' : token;
  const ending = /\.([a-z0-9]{2,5})$/iu.exec(name)?.[1]?.toLowerCase() ?? '';
  const found = known === '' ? ending : known;
  return endings.get(found) ?? found;
};

const dataFormats: ReadonlySet<string> = new Set(['json', 'xml', 'csv', 'txt']);

/** By its name: pipelines mark nothing as a preview (Customer's Canvas, pipelines). */
const roleOf = (file: WireFile, format: string, { previewWords }: CustomersCanvasSettings): string => {
  const name = file.name.toLowerCase();
  if (previewWords.some((word) => name.includes(word.toLowerCase()))) return 'preview';
  return dataFormats.has(format) ? 'data' : 'product';
};

interface Source {
  readonly url: string;
  readonly needsToken: boolean;
}

const isHttp = (url: string): boolean => URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol);

/**
 * `anonymousAccess` decides: the address itself works for everybody, everything else goes through the gateway with the
 * token. What the address of such a file is does not matter, so that no document can send the token elsewhere.
 */
const sourceOf = (file: WireFile, settings: CustomersCanvasSettings): Source | null => {
  if (file.anonymousAccess && isHttp(file.url)) return { url: file.url, needsToken: false };
  if (file.artifactId !== '') return { url: artifactFileUrl(settings, file.artifactId), needsToken: true };
  const onGateway = isHttp(file.url) && new URL(file.url).origin === new URL(settings.apiUrl).origin;
  return onGateway ? { url: file.url, needsToken: true } : null;
};

/** What the results of a project name, as files of its items. Sizes that they leave out come in `sizes`, by artifact. */
export const toResultFiles = (
  project: WireProject,
  wireFiles: readonly WireFile[],
  sizes: ReadonlyMap<string, number>,
  settings: CustomersCanvasSettings,
): ResultFiles => {
  const itemIds = itemExternalIds(project);
  const files: JobFile[] = [];
  const unreachable: string[] = [];
  let previewsLeftOut = 0;
  for (const wireFile of wireFiles) {
    const format = formatOf(wireFile);
    const role = roleOf(wireFile, format, settings);
    const source = sourceOf(wireFile, settings);
    if (role === 'preview' && !settings.includePreviews) previewsLeftOut += 1;
    else if (source === null) unreachable.push(wireFile.name || 'a file without a name');
    else {
      files.push({
        ...source,
        key: wireFile.artifactId || source.url,
        itemExternalId: itemIds.get(wireFile.projectItemId) ?? null,
        role,
        format,
        expectedBytes: wireFile.size ?? sizes.get(wireFile.artifactId) ?? null,
        expectedMd5: null,
      });
    }
  }
  return {
    files: files.filter((file, at) => files.findIndex(({ key }) => key === file.key) === at),
    previewsLeftOut,
    unreachable,
  };
};
