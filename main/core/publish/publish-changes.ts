import type { HandoverView, HotFolderView } from '../../contract/hot-folders.ts';
import type { PersonView, ScreenRules } from '../../contract/people.ts';
import type { StationView } from '../../contract/station.ts';
import type { Touched } from '../store/changes.ts';
import type { Reader } from '../store/store.ts';
import { undoableActions } from '../views/action-views.ts';
import { type ConnectionViewDeps, connectionViews } from '../views/connection-views.ts';
import { filesById } from '../views/file-views.ts';
import { type JobViewDeps, jobsById } from '../views/job-views.ts';
import { orderRowsById } from '../views/order-rows.ts';
import { signalsById } from '../views/outbox-views.ts';
import type { EventBus } from './event-bus.ts';

export interface PublishDeps {
  readonly db: Reader;
  readonly bus: EventBus;
  readonly epoch: string;
  nowMs(): number;
  filesFolder(): string;
  connectionViewDeps(): ConnectionViewDeps;
  jobViewDeps(): JobViewDeps;
  stationView(): Promise<StationView>;
  hotFolderViews(): Promise<HotFolderView[]>;
  handoverViews(ids: readonly number[]): Promise<HandoverView[]>;
  peopleView(): { people: PersonView[]; rules: ScreenRules };
}

/** More rows than this at once are not sent: they reach the screens in parts. */
const mostRows = 500;

const parts = <Id>(ids: ReadonlySet<Id>): Id[][] => {
  const all = [...ids];
  return Array.from({ length: Math.ceil(all.length / mostRows) }, (_, part) =>
    all.slice(part * mostRows, (part + 1) * mostRows),
  );
};

/** Reads the rows that changed and tells them to whoever listens. */
export const publishChanges = async (deps: PublishDeps, touched: Touched, revision: number): Promise<void> => {
  const { db, bus } = deps;
  const mark = { epoch: deps.epoch, revision };
  for (const ids of parts(touched.orders)) {
    bus.emit('orders.changed', { ...mark, orders: await orderRowsById(db, ids) });
  }
  for (const ids of parts(touched.files)) {
    bus.emit('files.changed', { ...mark, files: await filesById(db, ids, deps.filesFolder()) });
  }
  for (const ids of parts(touched.signals)) {
    bus.emit('outbox.changed', { ...mark, signals: await signalsById(db, ids, deps.nowMs()) });
  }
  for (const ids of parts(touched.jobs)) {
    bus.emit('jobs.changed', { ...mark, jobs: await jobsById(db, ids, deps.jobViewDeps()) });
  }
  if (touched.actions.size > 0) {
    bus.emit('actions.changed', { ...mark, actions: await undoableActions(db, deps.nowMs()) });
  }
  if (touched.handovers.size > 0 || touched.hotFolders.size > 0) {
    bus.emit('hotFolders.changed', {
      ...mark,
      hotFolders: await deps.hotFolderViews(),
      handovers: await deps.handoverViews([...touched.handovers]),
    });
  }
  if (touched.connections.size > 0) {
    // All of them: one that was removed is then missing.
    bus.emit('connections.changed', { ...mark, connections: await connectionViews(deps.connectionViewDeps()) });
  }
  if (touched.people.size > 0) bus.emit('people.changed', { ...mark, ...deps.peopleView() });
  bus.emit('station.changed', { ...mark, station: await deps.stationView() });
};
