import { createStore } from 'zustand/vanilla';
import type { LinkState } from '../client/station-link.ts';
import { createActionsStore } from './actions-store.ts';
import { type AlertsStoreDeps, createAlertsStore } from './alerts-store.ts';
import { createChosenOrdersStore } from './chosen-orders-store.ts';
import { createConnectionsStore } from './connections-store.ts';
import { createFeedbackStore } from './feedback-store.ts';
import { createFilesStore } from './files-store.ts';
import { createHotFoldersStore } from './hot-folders-store.ts';
import { createJobsStore } from './jobs-store.ts';
import { createOrderStore } from './order-store.ts';
import { createOrdersStore } from './orders-store.ts';
import { createOutboxStore } from './outbox-store.ts';
import { createPagesStore, type PagesStoreDeps } from './pages-store.ts';
import { createPeopleStore, type PeopleStoreDeps } from './people-store.ts';
import { createSavedFiltersStore, type SavedFiltersStoreDeps } from './saved-filters-store.ts';
import { createScannerStore, type ScannerStoreDeps } from './scanner-store.ts';
import { createStationStore, type StationStoreDeps } from './station-store.ts';
import type { StoreDeps } from './store-deps.ts';
import { createTodayStore } from './today-store.ts';
import { createTourStore, type TourStoreDeps } from './tour-store.ts';
import { createTrainingStore } from './training-store.ts';

export interface LinkStoreState {
  readonly link: LinkState;
  readonly tryNow: () => void;
}

const createLinkStore = ({ link }: StoreDeps) => {
  const store = createStore<LinkStoreState>()(() => ({ link: link.state, tryNow: () => link.tryNow() }));
  link.onState((state) => store.setState({ link: state }));
  return store;
};

/** Everything that the screens read, one store for each group of the contract. */
export const createStores = (
  deps: StationStoreDeps &
    PeopleStoreDeps &
    SavedFiltersStoreDeps &
    ScannerStoreDeps &
    AlertsStoreDeps &
    TourStoreDeps & { readonly pages: PagesStoreDeps },
) => {
  const station = createStationStore(deps);
  const scanner = createScannerStore(deps);
  const order = createOrderStore(deps);
  const pages = createPagesStore(deps.pages);
  return {
    link: createLinkStore(deps),
    station,
    orders: createOrdersStore(deps),
    chosenOrders: createChosenOrdersStore(deps),
    savedFilters: createSavedFiltersStore(deps),
    order,
    files: createFilesStore(deps),
    pages,
    jobs: createJobsStore(deps),
    actions: createActionsStore(deps),
    outbox: createOutboxStore(deps),
    hotFolders: createHotFoldersStore(deps),
    connections: createConnectionsStore(deps),
    people: createPeopleStore(deps),
    today: createTodayStore(deps),
    training: createTrainingStore(deps),
    tour: createTourStore(deps, { order, pages }),
    scanner,
    alerts: createAlertsStore(deps, { station, scanner }),
    feedback: createFeedbackStore(),
  };
};
export type Stores = ReturnType<typeof createStores>;
