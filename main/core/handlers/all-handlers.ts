import type { Station } from '../station-face.ts';
import { createActionHandlers } from './action-handlers.ts';
import { createConnectionHandlers } from './connection-handlers.ts';
import { createFileHandlers } from './file-handlers.ts';
import { createHotFolderHandlers } from './hot-folder-handlers.ts';
import { createJobHandlers } from './job-handlers.ts';
import { createItemHandlers, createOrderHandlers } from './order-handlers.ts';
import { createOutboxHandlers } from './outbox-handlers.ts';
import { createPeopleHandlers } from './people-handlers.ts';
import { createStationHandlers } from './station-handlers.ts';
import type { StationParts } from './station-parts.ts';
import { createTodayHandlers } from './today-handlers.ts';

/** Answers every group of the contract that is the station's. */
export const createAllHandlers = (parts: StationParts): Station['handlers'] => ({
  station: createStationHandlers(parts),
  orders: createOrderHandlers(parts),
  items: createItemHandlers(parts),
  actions: createActionHandlers(parts),
  files: createFileHandlers(parts),
  jobs: createJobHandlers(parts),
  outbox: createOutboxHandlers(parts),
  hotFolders: createHotFolderHandlers(parts),
  connections: createConnectionHandlers(parts),
  people: createPeopleHandlers(parts),
  today: createTodayHandlers(parts),
});
