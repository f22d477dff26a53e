import type { Page } from 'playwright-core';
import { accessFaults } from '../../support/screen-axe.ts';
import { layoutFaults } from '../../support/screen-geometry.ts';

/** The screens of the floor: a laptop's, a monitor's, and one that stands upright. The first is the usual one. */
export const floorSizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
] as const;

/** All faults of what a page shows: its layout at each size, which no theme changes, and whether everybody can read it in both. */
export const faultsOf = async (page: Page): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const size of floorSizes) {
    await page.setViewportSize(size);
    for (const fault of await layoutFaults(page)) faults.push(`${size.width}x${size.height}: ${fault}`);
  }
  await page.setViewportSize(floorSizes[0]);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const rules = colorScheme === 'light' ? 'every' : 'colors';
    for (const fault of await accessFaults(page, rules)) faults.push(`${colorScheme}: ${fault}`);
  }
  return faults;
};
