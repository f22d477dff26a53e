import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const part = z.object({
  name: z.string(),
  group: z.string().optional(),
  version: z.string().optional(),
  licenses: z.array(
    z.union([z.object({ license: z.object({ id: z.string() }) }), z.object({ expression: z.string() })]),
  ),
});
const bill = z.object({ components: z.array(part.extend({ components: z.array(part).optional() })) });

export interface ShippedComponent {
  readonly name: string;
  readonly version: string | null;
  /** An SPDX expression; null when none is named. */
  readonly licence: string | null;
}

const plain = ({ name, group, version, licenses: [licence] }: z.infer<typeof part>): ShippedComponent => ({
  name: group === undefined ? name : `${group}/${name}`,
  version: version ?? null,
  licence: licence === undefined ? null : 'expression' in licence ? licence.expression : licence.license.id,
});

/** What the build in this folder is made of, by the bill that the build wrote; carried parts included. */
export const readShippedComponents = async (builtFolder: string): Promise<readonly ShippedComponent[]> => {
  const text = await readFile(path.join(builtFolder, 'sbom.cdx.json'), 'utf8');
  const { components } = bill.parse(JSON.parse(text));
  return components.flatMap(({ components: carried = [], ...own }) => [own, ...carried].map((each) => plain(each)));
};
