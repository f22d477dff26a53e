import './node-version.mjs';
import { join } from 'node:path';
import { ensureBuild } from './ensure-build.mjs';
import { ensureChromium } from './ensure-chromium.mjs';

/** `npm run screenshots [FOLDER]`: takes the pictures of `docs/screenshots` again. */
const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'docs', 'screenshots');
const chromium = await ensureChromium();
await ensureBuild();
const { takeScreenshots } = await import('./screenshots/take-screenshots.ts');
await takeScreenshots(chromium, folder);
