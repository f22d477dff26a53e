import { actionsGroup } from './actions.ts';
import { connectionsGroup } from './connections.ts';
import type { ClientOf, EventNameOf, EventPayloadOf, HandlersOf } from './define.ts';
import { filesGroup } from './files.ts';
import { hotFoldersGroup } from './hot-folders.ts';
import { jobsGroup } from './jobs.ts';
import { itemsGroup, ordersGroup } from './orders.ts';
import { outboxGroup } from './outbox.ts';
import { peopleGroup } from './people.ts';
import { desktopGroup, stationGroup } from './station.ts';
import { todayGroup } from './today.ts';
import { trainingGroup } from './training.ts';

/** Everything that a screen or a command can ask of a station. All wires, faces and channel names derive from it. */
export const contract = {
  station: stationGroup,
  orders: ordersGroup,
  items: itemsGroup,
  actions: actionsGroup,
  files: filesGroup,
  jobs: jobsGroup,
  outbox: outboxGroup,
  hotFolders: hotFoldersGroup,
  connections: connectionsGroup,
  today: todayGroup,
  people: peopleGroup,
  training: trainingGroup,
  desktop: desktopGroup,
} as const;

export type Contract = typeof contract;
export type Handlers = HandlersOf<Contract>;
export type Client = ClientOf<Contract>;
export type EventName = EventNameOf<Contract>;
export type EventPayload<Name extends EventName> = EventPayloadOf<Contract, Name>;

/** Counts up when a message between client and station changes its form; both sides refuse another's. */
export const protocolVersion = 1;
