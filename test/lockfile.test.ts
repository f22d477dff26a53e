import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      optionalDependencies: z.record(z.string(), z.string()).optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
    }),
  ),
});

const read = async () =>
  lockfile.parse(JSON.parse(await readFile(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8'))).packages;

const missingIn = (packages: Awaited<ReturnType<typeof read>>): string[] =>
  Object.entries(packages).flatMap(([owner, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        packages[`node_modules/${name}`] === undefined && packages[`${owner}/node_modules/${name}`] === undefined,
    ),
  );

it('the lockfile names the packages of every platform, or npm ci would refuse it elsewhere', async () => {
  const packages = await read();
  expect(missingIn(packages), 'run npx node scripts/complete-lockfile.mjs').toEqual([]);
  const { 'node_modules/@biomejs/cli-linux-x64': taken, ...without } = packages;
  expect(taken).toBeDefined();
  expect(missingIn(without), 'a missing one is found').toEqual(['@biomejs/cli-linux-x64']);
});

it('the lockfile names no address that packages come from', async () => {
  expect(Object.values(await read()).filter((entry) => entry.resolved !== undefined)).toEqual([]);
});

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});

const readManifest = async () =>
  manifest.parse(JSON.parse(await readFile(join(import.meta.dirname, '..', 'package.json'), 'utf8')));

it('package.json names one exact version of each package', async () => {
  const { dependencies, devDependencies } = await readManifest();
  const wanted = Object.entries({ ...dependencies, ...devDependencies });
  expect(wanted.length).toBeGreaterThan(40);
  expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/u.test(version))).toEqual([]);
});

it('the lockfile holds every package that is installed to its digest', async () => {
  const packages = Object.entries(await read()).filter(([folder]) => folder !== '');
  const without = packages.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true);
  const installed = await Promise.all(
    without.map(async ([folder]) =>
      (await stat(join(import.meta.dirname, '..', folder)).catch(() => null)) === null ? [] : [folder],
    ),
  );
  expect(installed.flat()).toEqual([]);
});

it('package.json lets no package run a script when it is installed, but the one that brings Node', async () => {
  const { allowScripts } = await readManifest();
  expect(Object.keys(allowScripts).filter((name) => allowScripts[name] === true)).toEqual(['node']);
});
