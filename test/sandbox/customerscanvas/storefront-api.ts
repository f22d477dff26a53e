import {
  type Addresses,
  conflictDocument,
  infoDocument,
  problemDocument,
  projectDocument,
  resultsDocument,
  TENANT_ID,
  tenantDocument,
} from './api-documents.ts';
import type { CallName, RoutedCall } from './api-routes.ts';
import type { Artifact, ArtifactStore } from './artifact-store.ts';
import { type ListAnswer, pageOf, queryProjects } from './list-query.ts';
import { combined, type PipelineState } from './pipeline.ts';
import type { ProjectStore, ProjectView } from './project-store.ts';
import type { Workflow } from './workflow.ts';

/** A shop that the tenant has connected. */
export interface Storefront {
  readonly id: number;
  readonly name: string;
  /** Such as `Shopify` or `Custom`. */
  readonly type: string;
}

/** An answer with JSON, or with nothing. */
export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
}

interface StorefrontApiDeps {
  readonly store: ProjectStore;
  readonly artifacts: ArtifactStore;
  readonly storefronts: readonly Storefront[];
  readonly workflow: Workflow;
  readonly addresses: () => Addresses;
  readonly nowMs: () => number;
}

const MADE_AT = new Date('2025-01-01T00:00:00Z');

const notFound = (title = 'Not Found'): ApiAnswer => ({ status: 404, body: problemDocument(404, title) });
const conflict = (description: string): ApiAnswer => ({ status: 409, body: conflictDocument(description) });

/** The Storefront API, for a caller that is let in already. */
export function createStorefrontApi(deps: StorefrontApiDeps) {
  const { store, artifacts, workflow } = deps;

  function listed<Entry>(answer: ListAnswer<Entry>, document: (entry: Entry) => unknown): ApiAnswer {
    if (answer.kind === 'invalid') return { status: 400, body: problemDocument(400, 'Bad Request', answer.message) };
    const { total, items } = answer.page;
    return { status: 200, body: { total, items: items?.map((entry) => document(entry)) ?? null } };
  }

  const same = (value: unknown) => value;

  async function results({ project }: ProjectView, itemId: number | undefined): Promise<ApiAnswer> {
    const items = project.items.filter((item) => itemId === undefined || item.id === itemId);
    if (items.length === 0) return notFound('The project has no such item');
    const states: PipelineState[] = [];
    const files: Artifact[] = [];
    for (const item of items) {
      const state = store.itemState(project.id, item.id);
      if (state !== undefined) states.push(state);
      files.push(...(await artifacts.ofItem(project, item)));
    }
    const state = combined(states);
    const shown = state.status === 'Completed' ? files : [];
    return { status: 200, body: resultsDocument(state, shown, deps.addresses()) };
  }

  const offered = (view: ProjectView) =>
    workflow.transitions.filter((transition) => transition.startStatus === view.statusCode);

  function changeStatus(view: ProjectView, name: string): ApiAnswer {
    const transition = offered(view).find((candidate) => candidate.name === name);
    if (transition === undefined) {
      const body = { ...conflictDocument('Transition is not available.'), availableTransitions: offered(view) };
      return { status: 409, body };
    }
    store.changeStatus(view.project.id, transition.resultStatus);
    return { status: 200, body: workflow.statuses.find((status) => status.code === transition.resultStatus) };
  }

  type ForProject = (call: RoutedCall, view: ProjectView, query: URLSearchParams) => ApiAnswer | Promise<ApiAnswer>;
  const itemIdOf = (query: URLSearchParams) => (query.has('itemId') ? Number(query.get('itemId')) : undefined);
  const commanded = (took: boolean): ApiAnswer => (took ? { status: 204 } : conflict('The pipeline has not failed.'));
  const forProject: Partial<Record<CallName, ForProject>> = {
    project: (_, view) => ({ status: 200, body: projectDocument(view) }),
    processingResults: (_, view, query) => results(view, itemIdOf(query)),
    resume: (_, view, query) => commanded(store.resume(view.project.id, itemIdOf(query))),
    restart: (_, view, query) => commanded(store.restart(view.project.id, itemIdOf(query))),
    transitions: (_, view, query) => listed(pageOf(offered(view), query), same),
    changeStatus: (call, view) => changeStatus(view, call.transition),
  };
  const forTenant: Partial<Record<CallName, (query: URLSearchParams) => ApiAnswer>> = {
    storefrontInfo: () => ({ status: 200, body: infoDocument('Storefront') }),
    tenantInfo: () => ({ status: 200, body: tenantDocument(MADE_AT) }),
    storefronts: (query) => listed(pageOf(deps.storefronts, query), storefrontDocument),
    projects: (query) => listed(queryProjects(store.all(), query, deps.nowMs()), projectDocument),
    statuses: (query) => listed(pageOf(workflow.statuses, query), same),
    allTransitions: (query) => listed(pageOf(workflow.transitions, query), same),
  };

  return {
    async answer(call: RoutedCall, query: URLSearchParams): Promise<ApiAnswer> {
      const answerTenant = forTenant[call.name];
      if (answerTenant !== undefined) return answerTenant(query);
      const view = store.find(Number(call.id));
      return view === undefined ? notFound() : ((await forProject[call.name]?.(call, view, query)) ?? notFound());
    },
  };
}

const storefrontDocument = (storefront: Storefront) => ({
  ...storefront,
  tenantId: TENANT_ID,
  created: MADE_AT.toISOString(),
  status: 'Prod',
});
