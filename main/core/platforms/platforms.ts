import { createCloudprinter } from './cloudprinter/platform.ts';
import { createCustomersCanvas } from './customerscanvas/platform.ts';
import type { Platform } from './platform.ts';
import { createPrintApi } from './printapi/platform.ts';
import { createPrintess } from './printess/platform.ts';

/** The platforms of this version, in the order that set-up offers them. Each station has its own: they keep tokens. */
export const createPlatforms = (): readonly Platform[] => [
  createCloudprinter(),
  createPrintess(),
  createPrintApi(),
  createCustomersCanvas(),
];
