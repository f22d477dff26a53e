import { z } from 'zod';
import { parseKept } from '../client/kept-text.ts';

/**
 * Within so many milliseconds a scanner's key follows the one before it. Faster than the least types none; slower than
 * the most types a person.
 */
export const keyGapLimitsMs = { min: 5, usual: 30, max: 80 } as const;
export const longestPrefix = 12;

const scannerSettings = z.object({
  /** What the scanner types before each code; empty: nothing. */
  prefix: z.string().max(longestPrefix),
  /** The longest pause between two keys of a scan, in milliseconds. */
  keyGapMs: z.number().int().min(keyGapLimitsMs.min).max(keyGapLimitsMs.max),
});
export type ScannerSettings = Readonly<z.infer<typeof scannerSettings>>;

const usualScannerSettings: ScannerSettings = { prefix: '', keyGapMs: keyGapLimitsMs.usual };

/** What this workstation remembers; the usual settings for a text that is none, or of another version. */
export const readScannerSettings = (text: string | null): ScannerSettings =>
  parseKept(scannerSettings, text) ?? usualScannerSettings;
