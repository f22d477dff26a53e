import { type Addresses, artifactDocument, infoDocument, problemDocument } from './api-documents.ts';
import type { RoutedCall } from './api-routes.ts';
import type { Artifact, ArtifactStore } from './artifact-store.ts';
import { pageOf } from './list-query.ts';
import type { ProjectStore } from './project-store.ts';
import type { ApiAnswer } from './storefront-api.ts';

interface StorageApiDeps {
  readonly store: ProjectStore;
  readonly artifacts: ArtifactStore;
  readonly addresses: () => Addresses;
}

/** The Asset Storage API without the files themselves, for a caller that is let in already. */
export function createStorageApi({ store, artifacts, addresses }: StorageApiDeps) {
  const document = (artifact: Artifact) =>
    artifactDocument(artifact, addresses(), store.find(artifact.project.id)?.lastModifiedMs ?? 0);

  async function list(query: URLSearchParams): Promise<ApiAnswer> {
    // Only a group is looked for: the list of everything would make every file of the tenant.
    const answer = pageOf(await artifacts.ofGroup(query.get('group') ?? ''), query);
    if (answer.kind === 'invalid') return { status: 400, body: problemDocument(400, 'Bad Request', answer.message) };
    const { total, items } = answer.page;
    return { status: 200, body: { total, items: items?.map(document) ?? null } };
  }

  return {
    async answer(call: RoutedCall, query: URLSearchParams): Promise<ApiAnswer> {
      if (call.name === 'storageInfo') return { status: 200, body: infoDocument('AssetStorage') };
      if (call.name === 'artifacts') return await list(query);
      const artifact = await artifacts.find(call.id);
      return artifact === undefined
        ? { status: 404, body: problemDocument(404, 'Not Found') }
        : { status: 200, body: document(artifact) };
    },
  };
}
