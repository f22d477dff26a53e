import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { WireChoice } from './client/choose-wire.ts';
import type { ChooseLanguage } from './i18n/i18n.ts';
import type { ActionsState } from './stores/actions-store.ts';
import type { AlertsState } from './stores/alerts-store.ts';
import type { LinkStoreState, Stores } from './stores/app-stores.ts';
import type { ChosenOrdersState } from './stores/chosen-orders-store.ts';
import type { ConnectionsState } from './stores/connections-store.ts';
import type { FeedbackState } from './stores/feedback-store.ts';
import type { FilesState } from './stores/files-store.ts';
import type { HotFoldersState } from './stores/hot-folders-store.ts';
import type { JobsState } from './stores/jobs-store.ts';
import type { OrderState } from './stores/order-store.ts';
import type { OrdersState } from './stores/orders-store.ts';
import type { OutboxScreenState } from './stores/outbox-store.ts';
import type { PagesState } from './stores/pages-store.ts';
import type { PeopleState } from './stores/people-store.ts';
import type { SavedFiltersState } from './stores/saved-filters-store.ts';
import type { ScannerState } from './stores/scanner-store.ts';
import type { StationState } from './stores/station-store.ts';
import type { TodayState } from './stores/today-store.ts';
import type { TourState } from './stores/tour-store.ts';
import type { TrainingState } from './stores/training-store.ts';

/** What every screen can reach. */
export interface AppParts {
  readonly stores: Stores;
  readonly wire: WireChoice;
  readonly chooseLanguage: ChooseLanguage;
}

export const AppContext = createContext<AppParts | null>(null);

const useParts = (): AppParts => {
  const parts = useContext(AppContext);
  if (parts === null) throw new Error('a screen was rendered outside of the app');
  return parts;
};

/** How this page reaches its station. Its addresses say who is signed in, so they are made anew when that changes. */
export const useWire = (): WireChoice => {
  const { wire, stores } = useParts();
  useStore(stores.people, (state) => state.signedIn?.id);
  return wire;
};

/** All stores as they are, for what reads them outside of rendering. */
export const useStores = (): Stores => useParts().stores;

export const useLanguageChoice = (): ChooseLanguage => useParts().chooseLanguage;

// Selectors answer parts of the state that are already there; one that made a new object would render without end.
export const useLink = <T>(select: (state: LinkStoreState) => T): T => useStore(useParts().stores.link, select);
export const useStation = <T>(select: (state: StationState) => T): T => useStore(useParts().stores.station, select);
export const useOrders = <T>(select: (state: OrdersState) => T): T => useStore(useParts().stores.orders, select);
export const useChosenOrders = <T>(select: (state: ChosenOrdersState) => T): T =>
  useStore(useParts().stores.chosenOrders, select);
export const useSavedFilters = <T>(select: (state: SavedFiltersState) => T): T =>
  useStore(useParts().stores.savedFilters, select);
export const useOrder = <T>(select: (state: OrderState) => T): T => useStore(useParts().stores.order, select);
export const useFiles = <T>(select: (state: FilesState) => T): T => useStore(useParts().stores.files, select);
export const usePages = <T>(select: (state: PagesState) => T): T => useStore(useParts().stores.pages, select);
export const useJobs = <T>(select: (state: JobsState) => T): T => useStore(useParts().stores.jobs, select);
export const useActions = <T>(select: (state: ActionsState) => T): T => useStore(useParts().stores.actions, select);
export const useOutbox = <T>(select: (state: OutboxScreenState) => T): T => useStore(useParts().stores.outbox, select);
export const useHotFolders = <T>(select: (state: HotFoldersState) => T): T =>
  useStore(useParts().stores.hotFolders, select);
export const useConnections = <T>(select: (state: ConnectionsState) => T): T =>
  useStore(useParts().stores.connections, select);
export const useToday = <T>(select: (state: TodayState) => T): T => useStore(useParts().stores.today, select);
export const useTraining = <T>(select: (state: TrainingState) => T): T => useStore(useParts().stores.training, select);
export const useTour = <T>(select: (state: TourState) => T): T => useStore(useParts().stores.tour, select);
export const usePeople = <T>(select: (state: PeopleState) => T): T => useStore(useParts().stores.people, select);
export const useScanner = <T>(select: (state: ScannerState) => T): T => useStore(useParts().stores.scanner, select);
export const useAlerts = <T>(select: (state: AlertsState) => T): T => useStore(useParts().stores.alerts, select);
export const useFeedback = <T>(select: (state: FeedbackState) => T): T => useStore(useParts().stores.feedback, select);
