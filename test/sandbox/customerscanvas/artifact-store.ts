import { bytesContent, type FileContent } from '../../../main/training/files/file-content.ts';
import type { FileShelf } from '../../../main/training/files/file-shelf.ts';
import { pdfContent } from '../../../main/training/pdf/pdf-content.ts';
import type { FileSpec, Item, Project } from './order.ts';
import { previewJpeg } from './preview-jpeg.ts';
import type { ProjectStore } from './project-store.ts';

/** A result file of a pipeline run. */
export interface Artifact {
  /** 24 hex digits. */
  readonly id: string;
  readonly project: Project;
  readonly item: Item;
  readonly spec: FileSpec;
  readonly name: string;
  readonly alias: string;
  readonly format: string;
  /** With an extension, as the Content-Disposition of its download gives it. */
  readonly fileName: string;
  readonly sizeBytes: number;
  /** The id of the pipeline run that made it. */
  readonly group: string;
  readonly anonymousAccess: boolean;
  /** Of its bytes, on the file host and on the shelf. */
  readonly path: string;
}

/** Artifacts, made when they are first asked for: ten thousand projects cost nothing until their files are looked at. */
export interface ArtifactStore {
  /** Those of an item whose pipeline has completed; none before. */
  ofItem(project: Project, item: Item): Promise<readonly Artifact[]>;
  find(artifactId: string): Promise<Artifact | undefined>;
  ofGroup(group: string): Promise<readonly Artifact[]>;
  /** The project's files are removed while its results still name them. */
  expire(projectId: number): void;
}

export const PUBLIC_PATH = '/public/';

export function createArtifactStore(store: ProjectStore, shelf: FileShelf): ArtifactStore {
  const made = new Map<string, Promise<Artifact>>();
  const expired = new Set<number>();

  async function make(project: Project, item: Item, generation: number, index: number): Promise<Artifact> {
    const spec = item.files[index];
    if (spec === undefined) throw new RangeError(`item ${item.id} has no file ${index}`);
    const id = artifactId(project.id, item.id, generation, index);
    const content = await contentOf(spec, project, item, index);
    const path = PUBLIC_PATH + id;
    const extension = spec.kind === 'print' ? 'pdf' : 'jpg';
    const name = spec.name ?? nameOf(spec, project, item, index);
    await shelf.put({
      path,
      content,
      contentType: 'application/octet-stream',
      labels: { order: project.orderId, item: String(item.id), role: spec.kind },
    });
    return {
      id,
      project,
      item,
      spec,
      name,
      alias: spec.kind === 'print' ? `result${index + 1}` : `preview${index + 1}`,
      format: spec.format ?? (spec.kind === 'print' ? 'pdf' : 'jpeg'),
      fileName: /\.[a-z]{3,4}$/i.test(name) ? name : `${name}.${extension}`,
      sizeBytes: content.sizeBytes,
      group: groupOf(project.id, item.id, generation),
      anonymousAccess: spec.anonymousAccess ?? spec.kind === 'preview',
      path,
    };
  }

  /** The artifacts that exist now: of the current run, and only once that has completed. */
  function current(projectId: number, itemId: number) {
    const project = store.find(projectId)?.project;
    const item = project?.items.find((candidate) => candidate.id === itemId);
    const generation = store.generationOf(projectId, itemId);
    if (project === undefined || item === undefined || generation === undefined) return undefined;
    return store.itemState(projectId, itemId)?.status === 'Completed' ? { project, item, generation } : undefined;
  }

  function ofItem(project: Project, item: Item): Promise<readonly Artifact[]> {
    const run = current(project.id, item.id);
    if (run === undefined) return Promise.resolve([]);
    return Promise.all(
      item.files.map((_, index) => {
        const id = artifactId(project.id, item.id, run.generation, index);
        const known = made.get(id) ?? make(project, item, run.generation, index);
        made.set(id, known);
        return known;
      }),
    );
  }

  return {
    ofItem,
    async find(wanted) {
      const [, projectHex = '', itemHex = ''] = /^([0-9a-f]{8})([0-9a-f]{8})[0-9a-f]{8}$/.exec(wanted) ?? [];
      const run = current(Number.parseInt(projectHex, 16), Number.parseInt(itemHex, 16));
      if (run === undefined || expired.has(run.project.id)) return undefined;
      return (await ofItem(run.project, run.item)).find((artifact) => artifact.id === wanted);
    },
    async ofGroup(group) {
      const [projectId = Number.NaN, itemId = Number.NaN] = group.split('-').map(Number);
      const run = current(projectId, itemId);
      if (run === undefined || expired.has(projectId)) return [];
      return (await ofItem(run.project, run.item)).filter((artifact) => artifact.group === group);
    },
    expire: (projectId) => {
      expired.add(projectId);
    },
  };
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');

function artifactId(projectId: number, itemId: number, generation: number, index: number): string {
  return hex(projectId, 8) + hex(itemId, 8) + hex(generation, 4) + hex(index, 4);
}

function groupOf(projectId: number, itemId: number, generation: number): string {
  return `${projectId}-${itemId}-${generation}`;
}

function nameOf(spec: FileSpec, project: Project, item: Item, index: number): string {
  if (spec.kind === 'preview') return 'preview-front';
  const several = project.items.length > 1 || item.files.filter((file) => file.kind === 'print').length > 1;
  const base = `${project.orderNumber ?? project.orderId}_${project.id}`;
  return several ? `${base}_${project.items.indexOf(item) + 1}-${index + 1}` : base;
}

async function contentOf(spec: FileSpec, project: Project, item: Item, index: number): Promise<FileContent> {
  if (spec.content !== undefined) return spec.content;
  const seed = `${project.orderId}/${project.id}/${item.id}/${index}`;
  if (spec.kind === 'preview') return bytesContent(previewJpeg(seed));
  return await pdfContent({
    seed,
    pageCount: spec.pageCount ?? 2,
    trimWidthMm: 85,
    trimHeightMm: 55,
    title: item.name,
    lines: [`Order ${project.orderName || project.orderId}`, `Project ${project.id}`, `${item.quantity} x ${item.sku}`],
    ...(spec.exactBytes === undefined ? {} : { exactBytes: spec.exactBytes }),
  });
}
