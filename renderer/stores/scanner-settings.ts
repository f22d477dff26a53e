import { z } from 'zod';

/** A key must follow the one before it within so many milliseconds to be a scanner's, unless the workstation says otherwise. */
const usualKeyGapMs = 30;
/** Faster than any scanner types, and slower than any person, so that neither end can be set wrong. */
export const keyGapLimitsMs = { min: 5, max: 80 } as const;
export const longestPrefix = 8;

const scannerSettings = z.object({
  /** What the scanner types before each code; empty: nothing. */
  prefix: z.string().max(longestPrefix),
  /** The longest pause between two keys of a scan, in milliseconds. */
  keyGapMs: z.number().int().min(keyGapLimitsMs.min).max(keyGapLimitsMs.max),
});
export type ScannerSettings = Readonly<z.infer<typeof scannerSettings>>;

export const usualScannerSettings: ScannerSettings = { prefix: '', keyGapMs: usualKeyGapMs };

/** What this workstation remembers; the usual settings for a text that is none, or of another version. */
export const readScannerSettings = (text: string | null): ScannerSettings => {
  if (text === null) return usualScannerSettings;
  try {
    return scannerSettings.catch(usualScannerSettings).parse(JSON.parse(text));
  } catch {
    return usualScannerSettings;
  }
};
