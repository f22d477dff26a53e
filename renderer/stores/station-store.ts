import { createStore } from 'zustand/vanilla';
import type { StationSettings, StationView } from '../../main/contract/station.ts';
import type { KeptText } from '../client/kept-text.ts';
import { Feed } from './feed.ts';
import { type Outcome, perform } from './perform.ts';
import type { LoadState, StoreDeps } from './store-deps.ts';

export interface SettingsAnswer {
  readonly settings: StationSettings;
  /** Dotted names of the settings that the config file holds: shown, not edited. */
  readonly lockedByConfig: readonly string[];
}

export interface StationState {
  readonly load: LoadState;
  readonly station: StationView | null;
  /** The set-up is shown until it is finished, even when its third step has already made a connection. */
  readonly settingUp: boolean;
  readonly finishSetup: () => void;
  readonly settings: () => Promise<Outcome<SettingsAnswer>>;
  readonly saveSettings: (settings: StationSettings) => Promise<Outcome<unknown>>;
  readonly backup: (path: string) => Promise<Outcome<{ readonly path: string; readonly bytes: number }>>;
  readonly supportBundle: (path: string) => Promise<Outcome<{ readonly path: string; readonly bytes: number }>>;
  readonly dismissNotice: (id: number) => Promise<Outcome<unknown>>;
  /** Of the start report that was put away: when that station was started. */
  readonly reportRead: string | null;
  readonly putReportAway: (startedAt: string) => void;
}

export interface StationStoreDeps extends StoreDeps {
  /** When the station was started whose start report was put away; that stays away when the page is loaded again. */
  readonly reports: KeptText;
}

export const createStationStore = ({ link, now, reports }: StationStoreDeps) => {
  const store = createStore<StationState>()((set) => ({
    load: { kind: 'loading' },
    station: null,
    settingUp: false,
    finishSetup: () => set({ settingUp: false }),
    settings: () => perform(link, (client) => client.station.settings({})),
    saveSettings: (settings) => perform(link, (client) => client.station.saveSettings({ settings })),
    backup: (path) => perform(link, (client) => client.station.backup({ path })),
    supportBundle: (path) => perform(link, (client) => client.station.supportBundle({ path })),
    dismissNotice: (id) => perform(link, (client) => client.station.dismissNotice({ id })),
    reportRead: reports.read(),
    putReportAway: (startedAt) => {
      reports.write(startedAt);
      set({ reportRead: startedAt });
    },
  }));
  const take = (station: StationView): void =>
    store.setState((state) => ({
      station,
      load: { kind: 'ready', asOf: now() },
      settingUp: state.settingUp || station.setupNeeded,
    }));
  new Feed(link, {
    events: (client) => client.station.onChanged,
    snapshot: (client) => client.station.get({}),
    onSnapshot: (snapshot) => take(snapshot.station),
    onEvent: (event) => take(event.station),
    onFailure: (error) => store.setState({ load: { kind: 'failed', message: error.message } }),
  });
  return store;
};
