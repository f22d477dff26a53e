import { z } from 'zod';

const severity = z.enum(['info', 'low', 'moderate', 'high', 'critical']);

/** What `npm audit --json` prints, as far as it is read here; `message` when the registry gave no answer. */
const audit = z.union([
  z.object({
    vulnerabilities: z.record(
      z.string(),
      z.object({
        name: z.string(),
        severity,
        via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string() })])),
      }),
    ),
  }),
  z.object({ message: z.string() }),
]);

export const advisory = z.object({ name: z.string(), severity, title: z.string(), url: z.string() });
export type Advisory = z.infer<typeof advisory>;

export type AuditAnswer =
  | { readonly kind: 'answered'; readonly advisories: readonly Advisory[] }
  | { readonly kind: 'notAsked'; readonly cause: string };

/** Reads what npm printed. A package that is only named because it needs a bad one is left out: the bad one is there. */
export const readAudit = (printed: string): AuditAnswer => {
  const parsed = z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('no JSON');
        return z.NEVER;
      }
    })
    .pipe(audit)
    .safeParse(printed);
  if (!parsed.success) return { kind: 'notAsked', cause: 'npm gave no answer that can be read' };
  if ('message' in parsed.data) return { kind: 'notAsked', cause: parsed.data.message };
  const advisories = Object.values(parsed.data.vulnerabilities).flatMap(({ name, severity: how, via }) =>
    via.flatMap((each) =>
      typeof each === 'string' ? [] : [{ name, severity: how, title: each.title, url: each.url }],
    ),
  );
  return { kind: 'answered', advisories };
};
