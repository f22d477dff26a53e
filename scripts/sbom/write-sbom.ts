import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type BuiltFiles, bundledFolders, readPackage, type ShippedPackage } from './bundled-packages.ts';
import { type CarriedPart, readCarriedParts } from './carried-parts.ts';
import { cycloneDx } from './cyclone-dx.ts';

/** What is shipped without being bundled: the app's frame, and the one native package. */
const besideTheBundles = ['node_modules/better-sqlite3', 'node_modules/electron'];

const ownManifest = z.object({ name: z.string(), version: z.string(), license: z.string() });
const lockfile = z.object({ packages: z.record(z.string(), z.object({ integrity: z.string().optional() })) });

/** The licences of everything shipped, word by word, as most of them ask for. */
const licenceTexts = (packages: readonly ShippedPackage[], carried: readonly CarriedPart[]): string => {
  const works = [
    ...packages.map(({ name, version, licence, licenceText }) => ({
      name: `${name} ${version}`,
      licence,
      licenceText,
    })),
    ...carried.map(({ name, carrier, licence, licenceText }) => ({
      name: `${name}, within ${carrier}`,
      licence,
      licenceText,
    })),
  ];
  const parts = works.map(
    ({ name, licence, licenceText }) =>
      `${name} (${licence ?? 'no licence named'})\n\n${(licenceText ?? 'It brings no text of its licence.').trim()}\n`,
  );
  return `Platen contains these works of others, each under its own licence.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
};

/** Writes `sbom.cdx.json` and `licences.txt`: what a build is made of, told by the modules that really went into it. */
export const writeSbom = async (root: string, builtFolder: string, outputs: readonly BuiltFiles[]): Promise<void> => {
  const readJson = async (name: string): Promise<unknown> => JSON.parse(await readFile(path.join(root, name), 'utf8'));
  const app = ownManifest.parse(await readJson('package.json'));
  const locked = lockfile.parse(await readJson('package-lock.json')).packages;
  const folders = [...new Set([...bundledFolders(outputs), ...besideTheBundles])].toSorted();
  const packages = await Promise.all(folders.map((folder) => readPackage(root, folder)));
  const carried = await readCarriedParts(root);
  const document = cycloneDx({
    app: { name: app.name, version: app.version, licence: app.license },
    packages,
    carried,
    integrityOf: (folder) => locked[folder]?.integrity ?? null,
  });
  await writeFile(path.join(builtFolder, 'sbom.cdx.json'), document);
  await writeFile(path.join(builtFolder, 'licences.txt'), licenceTexts(packages, carried));
};
