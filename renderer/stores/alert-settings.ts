import { z } from 'zod';
import { parseKept } from '../client/kept-text.ts';

const alertSettings = z.object({
  volumePercent: z.number().int().min(0).max(100),
  muted: z.boolean(),
  /** Whether the system shows what is new while nobody sees the page. */
  notifications: z.boolean(),
});
/** How this workstation draws attention. */
export type AlertSettings = Readonly<z.infer<typeof alertSettings>>;

const usualAlertSettings: AlertSettings = { volumePercent: 70, muted: false, notifications: true };

/** What this workstation remembers; the usual settings for a text that is none, or of another version. */
export const readAlertSettings = (text: string | null): AlertSettings =>
  parseKept(alertSettings, text) ?? usualAlertSettings;

/** Whether anything can be heard at all. */
export const isSilent = ({ muted, volumePercent }: AlertSettings): boolean => muted || volumePercent === 0;
