import { z } from 'zod';

/** What every connection takes, whatever its platform. */
export const commonSettings = z.object({
  /** As the screens show it; default: the platform's name. */
  name: z.string().trim().max(100).optional(),
  /** Lets files be fetched from private, loopback and link-local addresses: for tests and platforms on site. */
  allowPrivateAddresses: z.boolean().default(false),
  /** How often the platform's list is asked. */
  pollSeconds: z.number().min(5).max(86_400).default(60),
  /** The budget for everything that talks to the platform; default: the platform's. */
  rate: z
    .object({
      requests: z.number().int().positive(),
      perSeconds: z.number().positive(),
      /** Requests at once. */
      concurrency: z.number().int().positive().optional(),
    })
    .optional(),
});
export type CommonSettings = z.infer<typeof commonSettings>;
