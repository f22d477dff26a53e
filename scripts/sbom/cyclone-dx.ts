import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ShippedPackage } from './bundled-packages.ts';
import type { CarriedPart } from './carried-parts.ts';

export interface SbomContent {
  readonly app: { readonly name: string; readonly version: string; readonly licence: string };
  readonly packages: readonly ShippedPackage[];
  readonly carried: readonly CarriedPart[];
  /** A package's folder to the digest that the lockfile holds it to: `sha512-BASE64`. */
  readonly integrityOf: (folder: string) => string | null;
}

const purlOf = (name: string, version: string): string =>
  `pkg:npm/${name.replace(/^@/u, '%40')}@${encodeURIComponent(version)}`;

const licencesOf = (licence: string | null): readonly object[] => {
  if (licence === null) return [];
  return /\s/u.test(licence) ? [{ expression: licence }] : [{ license: { id: licence } }];
};

const hashesOf = (integrity: string | null): readonly object[] => {
  const base64 = integrity?.startsWith('sha512-') === true ? integrity.slice('sha512-'.length) : null;
  return base64 === null ? [] : [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }];
};

const componentOfPart = ({ carrier, name, version, licence }: CarriedPart): object => ({
  type: 'library',
  'bom-ref': `${carrier}#${name}`,
  name,
  ...(version === null ? {} : { version }),
  licenses: licencesOf(licence),
});

const componentOf = (shipped: ShippedPackage, { carried, integrityOf }: SbomContent): object => {
  const { folder, name, version, licence } = shipped;
  const [scope, base] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const parts = carried.filter(({ carrier }) => carrier === name).map((part) => componentOfPart(part));
  return {
    type: name === 'electron' ? 'framework' : 'library',
    'bom-ref': purlOf(name, version),
    ...(scope === undefined ? {} : { group: scope }),
    name: base,
    version,
    hashes: hashesOf(integrityOf(folder)),
    licenses: licencesOf(licence),
    purl: purlOf(name, version),
    ...(parts.length === 0 ? {} : { components: parts }),
  };
};

/** The package that `name` means within a package: the nearest one on the way up, as Node finds it. */
const foundFrom = (folder: string, name: string, byFolder: ReadonlyMap<string, ShippedPackage>) => {
  for (let at = folder; at !== '.'; at = path.posix.dirname(at)) {
    const found = byFolder.get(path.posix.join(at, 'node_modules', name));
    if (found !== undefined) return found;
  }
  return byFolder.get(`node_modules/${name}`);
};

/** A serial number that is the same for the same content, so that one build can be compared with another. */
const serialNumberOf = (content: string): string => {
  const hex = createHash('sha256').update(content).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** What is shipped, as a CycloneDX 1.6 document; the same input gives the same text. */
export const cycloneDx = (content: SbomContent): string => {
  const { app, packages } = content;
  const byFolder = new Map(packages.map((each) => [each.folder, each]));
  // The same version may lie in two places: it is one component, which needs what both find.
  const once = new Map(packages.map((each) => [purlOf(each.name, each.version), each]));
  const needsOf = [...once.keys()].map((ref) => {
    const places = packages.filter(({ name, version }) => purlOf(name, version) === ref);
    const found = places.flatMap(({ folder, needs }) =>
      needs.flatMap((name) => foundFrom(folder, name, byFolder) ?? []),
    );
    return { ref, dependsOn: [...new Set(found.map(({ name, version }) => purlOf(name, version)))] };
  });
  const needed = new Set(needsOf.flatMap(({ dependsOn }) => dependsOn));
  const root = purlOf(app.name, app.version);
  const document = {
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': root,
        name: app.name,
        version: app.version,
        licenses: licencesOf(app.licence),
      },
    },
    components: [...once.values()].map((each) => componentOf(each, content)),
    dependencies: [
      { ref: root, dependsOn: needsOf.map(({ ref }) => ref).filter((ref) => !needed.has(ref)) },
      ...needsOf,
    ],
  };
  const header = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: serialNumberOf(JSON.stringify(document)),
    version: 1,
  };
  return `${JSON.stringify({ ...header, ...document }, null, 2)}\n`;
};
