import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { writeSbom } from './scripts/sbom/write-sbom.ts';
import { bundleNames, external, outsideBundle, threads } from './scripts/station-bundle.ts';

const nodeBuild = { target: 'node24', minify: false, sourcemap: true, emptyOutDir: true } as const;

/** Decoders for images in PDFs that the PDF library loads by name from beside its thread (see `renderer/client/pdf-book.ts`). */
const pdfDecoders = (): Plugin => ({
  name: 'pdf-decoders',
  applyToEnvironment: ({ name }) => name === 'client',
  generateBundle: {
    async handler() {
      const packageFile = createRequire(import.meta.url).resolve('pdfjs-dist/package.json');
      const { version }: { readonly version: string } = JSON.parse(await readFile(packageFile, 'utf8'));
      for (const name of ['openjpeg_nowasm_fallback.js', 'jbig2_nowasm_fallback.js']) {
        const source = await readFile(path.join(path.dirname(packageFile), 'wasm', name));
        this.emitFile({ type: 'asset', fileName: `assets/pdf-${version}/${name}`, source });
      }
    },
  },
});

/** One build, three bundles: `out/main` (ESM for Node), `out/preload` (one CJS file), `out/renderer` (the screens). */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react(), pdfDecoders()],
  worker: { format: 'es' },
  build: { target: 'chrome140', outDir: '../out/renderer', emptyOutDir: true, chunkSizeWarningLimit: 1500 },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            // Screens that are loaded later share it, so it runs before the page's own file: `no-eval` must be first in it.
            codeSplitting: {
              groups: [
                {
                  name: 'contract',
                  test: /[\\/](renderer[\\/]client[\\/]no-eval\.ts|main[\\/]contract[\\/]|node_modules[\\/]zod[\\/])/,
                },
              ],
            },
          },
        },
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: outsideBundle },
      build: {
        ...nodeBuild,
        outDir: '../out/main',
        rolldownOptions: {
          input: {
            index: 'main/index.ts',
            cli: 'main/cli.ts',
            ...threads,
          },
          external,
          output: bundleNames,
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        ...nodeBuild,
        outDir: '../out/preload',
        rolldownOptions: {
          input: { index: 'preload/index.ts' },
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      const outputs = [];
      for (const environment of Object.values(builder.environments)) {
        if (environment.name === 'ssr') continue;
        const built = await builder.build(environment);
        outputs.push(...[built].flat().filter((each) => 'output' in each));
      }
      await writeSbom(import.meta.dirname, path.join(import.meta.dirname, 'out'), outputs);
    },
  },
});
