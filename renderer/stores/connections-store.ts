import { createStore } from 'zustand/vanilla';
import type { ConnectionView, PlatformView } from '../../main/contract/connections.ts';
import { Feed } from './feed.ts';
import { type Outcome, perform } from './perform.ts';
import type { LoadState, StoreDeps } from './store-deps.ts';

/** A value of a connection's form, by the platform's own field name. */
export type FieldValue = string | number | boolean | string[];

export interface ConnectionDraft {
  readonly id: string;
  readonly platform: string;
  readonly settings: Readonly<Record<string, FieldValue>>;
  /** Only those that were typed; an absent one stays as it is. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface ConnectionTest {
  readonly ok: boolean;
  readonly steps: readonly { readonly step: string; readonly ok: boolean; readonly detail: string }[];
}

/** What a platform offers for a field now; `note` belongs beside the choice. */
export interface FieldChoices {
  readonly choices: readonly { readonly value: string; readonly text: string }[];
  readonly note: string | null;
}

export interface ConnectionsState {
  readonly load: LoadState;
  readonly connections: readonly ConnectionView[];
  readonly platforms: readonly PlatformView[];
  readonly save: (draft: ConnectionDraft) => Promise<Outcome<{ readonly connection: ConnectionView }>>;
  readonly remove: (id: string) => Promise<Outcome<unknown>>;
  readonly test: (id: string) => Promise<Outcome<ConnectionTest>>;
  readonly choices: (id: string, field: string) => Promise<Outcome<FieldChoices>>;
  /** Compares the platform's list with ours. */
  readonly reconcile: (id: string) => Promise<Outcome<{ readonly connection: ConnectionView }>>;
  readonly pause: (id: string) => Promise<Outcome<unknown>>;
  readonly resume: (id: string) => Promise<Outcome<unknown>>;
}

export const createConnectionsStore = ({ link, now }: StoreDeps) => {
  const store = createStore<ConnectionsState>()(() => ({
    load: { kind: 'loading' },
    connections: [],
    platforms: [],
    save: ({ id, platform, settings, secrets }) =>
      perform(link, (client) =>
        client.connections.save({ id, platform, settings: { ...settings }, secrets: { ...secrets } }),
      ),
    remove: async (id) => {
      const outcome = await perform(link, (client) => client.connections.remove({ id }));
      await feed.refresh();
      return outcome;
    },
    test: (id) => perform(link, (client) => client.connections.test({ id })),
    choices: (id, field) => perform(link, (client) => client.connections.choices({ id, field })),
    reconcile: (id) => perform(link, (client) => client.connections.reconcile({ id })),
    pause: (id) => perform(link, (client) => client.connections.pause({ id })),
    resume: (id) => perform(link, (client) => client.connections.resume({ id })),
  }));
  const feed = new Feed(link, {
    events: (client) => client.connections.onChanged,
    snapshot: (client) => client.connections.list({}),
    onSnapshot: ({ connections, platforms }) =>
      store.setState({ connections, platforms, load: { kind: 'ready', asOf: now() } }),
    onEvent: ({ connections }) => store.setState({ connections }),
    onFailure: (error) => store.setState({ load: { kind: 'failed', message: error.message } }),
  });
  return store;
};
