import type { AcceptRules, Misfit } from '../../contract/hot-folders.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';

/** What the rules of a hot folder look at. */
export interface FileFacts {
  readonly platform: string;
  readonly connection: string;
  readonly role: string;
  /** Empty for a file of the order itself. */
  readonly product: string;
  /** Null while the file was not inspected. */
  readonly pages: number | null;
  /** The trimmed size of its pages; null while that is not known, or the file does not tell it. */
  readonly trim: { readonly widthMm: number; readonly heightMm: number } | null;
}

/** A label is printed elsewhere than the work: only a folder that names this role takes it. */
export const labelRole = 'shippingLabel';

const escapePattern = (text: string): string => text.replace(/[\\^$.|?+()[\]{}/]/gu, '\\$&');

const matchesProduct = (pattern: string, product: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escapePattern).join('.*')}$`, 'su').test(product);

const listTakes = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value);

/** Whether a part goes to a folder at all: one that names its roles takes those, any other takes all but the label. */
export const takesRole = ({ roles }: AcceptRules, role: string): boolean =>
  roles.length === 0 ? role !== labelRole : roles.includes(role);

const tenths = (value: number): number => Math.round(value * 10) / 10;
const sizeText = (size: { readonly widthMm: number; readonly heightMm: number }): string =>
  `${tenths(size.widthMm)} × ${tenths(size.heightMm)} mm`;

/** PDF counts in points: what they cannot tell apart is equal. */
const roundingMm = 0.05;

const fitsTrim = (rule: NonNullable<AcceptRules['trim']>, trim: NonNullable<FileFacts['trim']>): boolean => {
  const near = (one: number, other: number): boolean => Math.abs(one - other) <= rule.toleranceMm + roundingMm;
  return (
    (near(trim.widthMm, rule.widthMm) && near(trim.heightMm, rule.heightMm)) ||
    (near(trim.widthMm, rule.heightMm) && near(trim.heightMm, rule.widthMm))
  );
};

const roleMisfit = ({ roles }: AcceptRules, { role }: FileFacts): Misfit => ({
  code: 'role',
  detail: { role, takes: roles.join(', ') },
  text:
    roles.length === 0
      ? stationLine('takesNo', { role })
      : stationLine('takesButNo', { roles: roles.join(', '), role }),
});

const listLines = {
  platform: 'takesPlatforms',
  connection: 'takesConnections',
  product: 'takesProducts',
} as const;

const listMisfit = (code: 'platform' | 'connection' | 'product', list: readonly string[], value: string): Misfit => ({
  code,
  detail: { value, takes: list.join(', ') },
  text: stationLine(listLines[code], { takes: list.join(', '), value: value === '' ? 'none' : value }),
});

/** Why a file does not go into a folder with these rules. What is not known of a file is no reason. */
export const misfitsOf = (rules: AcceptRules, file: FileFacts): readonly Misfit[] => {
  const { pages, trim } = rules;
  const misfits: Misfit[] = [];
  if (!takesRole(rules, file.role)) misfits.push(roleMisfit(rules, file));
  if (!listTakes(rules.platforms, file.platform)) misfits.push(listMisfit('platform', rules.platforms, file.platform));
  if (!listTakes(rules.connections, file.connection)) {
    misfits.push(listMisfit('connection', rules.connections, file.connection));
  }
  if (rules.products.length > 0 && !rules.products.some((pattern) => matchesProduct(pattern, file.product))) {
    misfits.push(listMisfit('product', rules.products, file.product));
  }
  if (pages !== undefined && file.pages !== null && (file.pages < pages.least || file.pages > pages.most)) {
    misfits.push({
      code: 'pages',
      detail: { pages: file.pages, ...pages },
      text: stationLine('takesPages', { least: pages.least, most: pages.most, pages: file.pages }),
    });
  }
  if (trim !== undefined && file.trim !== null && !fitsTrim(trim, file.trim)) {
    misfits.push({
      code: 'trim',
      detail: { ...trim, foundWidthMm: tenths(file.trim.widthMm), foundHeightMm: tenths(file.trim.heightMm) },
      text: stationLine('takesSize', { takes: sizeText(trim), size: sizeText(file.trim) }),
    });
  }
  return misfits;
};

/** The rules of a folder that an inspection would answer, and none has yet. */
export const unknownOf = (rules: AcceptRules, file: FileFacts): readonly ('pages' | 'trim')[] => [
  ...(rules.pages !== undefined && file.pages === null ? (['pages'] as const) : []),
  ...(rules.trim !== undefined && file.trim === null ? (['trim'] as const) : []),
];
