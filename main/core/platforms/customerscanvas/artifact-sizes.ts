import type { WorkFailure } from '../../work/failure.ts';
import type { CanvasApi, CanvasWay } from './api.ts';
import type { WireFile } from './schema.ts';

export type SizesAnswer =
  | { readonly kind: 'sizes'; readonly sizes: ReadonlyMap<string, number> }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

const mostOfAGroup = 200;

/**
 * The sizes that the results leave out, by artifact. The first artifact names the pipeline run that made it, and one list
 * of that run then tells the others. What is not found stays without a size.
 */
export const missingSizes = async (
  api: CanvasApi,
  way: CanvasWay,
  files: readonly WireFile[],
): Promise<SizesAnswer> => {
  const sizes = new Map<string, number>();
  const asked = new Set<string>();
  const note = (artifact: { readonly id: string; readonly size: number | null }): void => {
    asked.add(artifact.id);
    if (artifact.size !== null) sizes.set(artifact.id, artifact.size);
  };
  const lacking = files.filter(({ size, artifactId }) => size === null && artifactId !== '');
  for (const { artifactId } of lacking) {
    if (asked.has(artifactId)) continue;
    asked.add(artifactId);
    const artifact = await api.artifact(way, artifactId);
    if (artifact.kind === 'failed') return artifact;
    if (artifact.kind !== 'answer') continue;
    note(artifact.value);
    const isLast = lacking.every((other) => asked.has(other.artifactId));
    if (isLast || artifact.value.group === '') continue;
    const group = await api.artifacts(way, artifact.value.group, mostOfAGroup);
    if (group.kind === 'failed') return group;
    if (group.kind === 'answer') for (const other of group.value.items) note(other);
  }
  return { kind: 'sizes', sizes };
};
