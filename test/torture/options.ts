import { parseArgs } from 'node:util';
import { z } from 'zod';

const whole = z.coerce.number().int().nonnegative();

const optionsSchema = z.object({
  minutes: z.coerce.number().positive().optional(),
  kills: whole.optional(),
  seed: whole.default(1),
  orders: whole.default(0),
  speed: z.coerce.number().min(1).max(100).default(20),
  disk: z.enum(['auto', 'setting']).default('auto'),
  readyWithinMs: whole.optional(),
});

/** What a run is asked for. */
export interface TortureOptions {
  /** Of real time, before everything is left in peace; null: until so many kills. */
  readonly minutes: number | null;
  readonly kills: number | null;
  readonly seed: number;
  /** Orders of earlier days with which the database is filled first. */
  readonly orders: number;
  /** How much faster than the wall's the clocks of the station and of the platforms go. */
  readonly speed: number;
  /** `auto`: a disk of its own that is made too small, where the system allows it; `setting`: the setting that wants room. */
  readonly disk: 'auto' | 'setting';
  /** A restart that takes longer counts as a loss; null: it is only measured. */
  readonly readyWithinMs: number | null;
}

const usage = `npm run torture -- [--minutes N] [--kills N] [--seed S] [--orders N] [--speed X] [--disk auto|setting] [--ready-within-ms N]
`;

/** Reads the command line; a text says what is wrong with it. */
export const readOptions = (args: readonly string[]): TortureOptions | string => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string' },
        kills: { type: 'string' },
        seed: { type: 'string' },
        orders: { type: 'string' },
        speed: { type: 'string' },
        disk: { type: 'string' },
        'ready-within-ms': { type: 'string' },
      },
    });
    const parsed = optionsSchema.safeParse({ ...values, readyWithinMs: values['ready-within-ms'] });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return `${usage}${issue?.path.join('.')}: ${issue?.message}\n`;
    }
    const { minutes, kills, readyWithinMs, ...rest } = parsed.data;
    return {
      ...rest,
      minutes: minutes ?? (kills === undefined ? 1 : null),
      kills: kills ?? null,
      readyWithinMs: readyWithinMs ?? null,
    };
  } catch (error) {
    return `${usage}${error instanceof Error ? error.message : String(error)}\n`;
  }
};
