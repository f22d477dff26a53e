import { cloudprinter } from './cloudprinter/platform.ts';
import type { Platform } from './platform.ts';

/** The platforms of this version, in the order that set-up offers them. */
export const platforms: readonly Platform[] = [cloudprinter];
