import { createStore } from 'zustand/vanilla';
import type { StationView } from '../../main/contract/station.ts';
import type { SharedText } from '../client/kept-text.ts';
import type { RingingTab } from '../client/ringing-tab.ts';
import type { SoundPlayer } from '../client/sound-player.ts';
import type { SoundKind } from '../client/sound-scores.ts';
import type { NoticePermission, SystemNotice, SystemNotices } from '../client/system-notices.ts';
import { causesOf } from './alert-causes.ts';
import {
  type AlertEvent,
  alertStep,
  type Causes,
  firstAlertState,
  type StandingKind,
  standingOf,
  unseenCauses,
} from './alert-policy.ts';
import { type AlertSettings, isSilent, readAlertSettings } from './alert-settings.ts';
import { type NewWork, watchNewOrders } from './new-orders.ts';
import type { ScanKind } from './scan-answer.ts';
import type { LastScan } from './scanner-store.ts';
import type { StoreDeps } from './store-deps.ts';

/** Something that nobody may have seen: told by the system while the page is hidden. */
export type News = { readonly kind: 'alarm'; readonly what: StandingKind; readonly causes: Causes } | NewWork;

/** A sound as it is seen: it has no end of its own, so each has a number. */
export interface Flash {
  readonly sequence: number;
  readonly kind: SoundKind;
}

export interface AlertsState {
  readonly settings: AlertSettings;
  readonly save: (settings: AlertSettings) => void;
  /** What was heard last, or would have been with a louder volume; null: nothing yet. */
  readonly flash: Flash | null;
  /** Stays until it is acknowledged or over. */
  readonly standing: StandingKind | null;
  /** What nobody has acknowledged yet. */
  readonly unseen: Causes;
  readonly acknowledge: () => void;
  /** Lets a sound be heard and seen, so that a person knows it. */
  readonly tryOut: (kind: SoundKind) => void;
  /** The browser waits for a tap or a key before the page may be heard, and there is something to hear. */
  readonly waitsForTap: boolean;
  readonly permission: NoticePermission;
  readonly askPermission: () => Promise<void>;
  /** Told of everything that is new. */
  readonly onNews: (listener: (news: News) => void) => () => void;
  readonly notify: (notice: SystemNotice) => Promise<boolean>;
}

export interface AlertsStoreDeps extends StoreDeps {
  /** How this workstation draws attention. */
  readonly alerts: SharedText;
  readonly ringingTab: RingingTab;
  readonly sounds: SoundPlayer;
  readonly systemNotices: SystemNotices;
}

/** What the alerts follow. */
interface Followed {
  readonly station: Followable<{ readonly station: StationView | null }>;
  readonly scanner: Followable<{ readonly lastScan: LastScan | null }>;
}

interface Followable<State> {
  readonly subscribe: (listener: (state: State, before: State) => void) => () => void;
}

const soundOfScan: Readonly<Record<ScanKind, SoundKind>> = {
  good: 'goodScan',
  wrong: 'wrongItem',
  attention: 'attention',
};

type Shown = Pick<AlertsState, 'standing' | 'unseen'>;

const isSame = (one: Shown, other: Shown): boolean => {
  const [amounts, others] = [Object.entries(one.unseen), Object.entries(other.unseen)];
  return (
    one.standing === other.standing &&
    amounts.length === others.length &&
    amounts.every(([name, amount]) => other.unseen[name] === amount)
  );
};

/** What this workstation is to hear and see, from all that happens. */
export const createAlertsStore = (
  { link, now, alerts: memory, ringingTab, sounds, systemNotices }: AlertsStoreDeps,
  { station, scanner }: Followed,
) => {
  const newsListeners = new Set<(news: News) => void>();
  const tell = (news: News): void => {
    for (const listener of newsListeners) listener(news);
  };
  const using = (settings: AlertSettings): Pick<AlertsState, 'settings' | 'waitsForTap'> => ({
    settings,
    waitsForTap: sounds.isLocked() && !isSilent(settings),
  });

  const store = createStore<AlertsState>()((set, get) => ({
    ...using(readAlertSettings(memory.read())),
    save: (changed) => {
      memory.write(JSON.stringify(changed));
      set(using(changed));
    },
    flash: null,
    standing: null,
    unseen: {},
    acknowledge: () => {
      const { standing } = get();
      if (standing === null) return;
      const word = { kind: 'acknowledged', standing } as const;
      take(word);
      ringingTab.tell(word);
    },
    tryOut: (kind) => sound(kind),
    permission: systemNotices.permission(),
    askPermission: async () => {
      await systemNotices.ask();
      set({ permission: systemNotices.permission() });
    },
    onNews: (listener) => {
      newsListeners.add(listener);
      return () => newsListeners.delete(listener);
    },
    notify: async (notice) => get().settings.notifications && systemNotices.show(notice),
  }));

  /** Seen in every tab. */
  const sound = (kind: SoundKind, isHeard = true): void => {
    const { settings, flash } = store.getState();
    if (isHeard && !isSilent(settings)) sounds.play(kind, settings.volumePercent);
    store.setState({ flash: { sequence: (flash?.sequence ?? 0) + 1, kind } });
  };

  let policy = firstAlertState;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const take = (event: AlertEvent): void => {
    const step = alertStep(policy, event, now());
    policy = step.state;
    clearTimeout(timer);
    if (step.wakeAtMs !== null) timer = setTimeout(() => take({ kind: 'time' }), step.wakeAtMs - now());
    const shown = { standing: standingOf(policy), unseen: unseenCauses(policy) };
    // A busy station tells of itself several times a second.
    if (!isSame(shown, store.getState())) store.setState(shown);
    if (step.sound !== null) sound(step.sound, event.kind === 'scanned' || ringingTab.isHere());
    if (step.news !== null && ringingTab.isHere()) tell({ kind: 'alarm', what: step.news, causes: shown.unseen });
  };

  ringingTab.onTold(take);
  memory.onChanged(() => store.setState(using(readAlertSettings(memory.read()))));
  sounds.onUnlocked(() => store.setState({ waitsForTap: false }));
  station.subscribe(({ station: view }, { station: before }) => {
    if (view !== null && view !== before) take({ kind: 'causes', causes: causesOf(view) });
  });
  scanner.subscribe(({ lastScan }, { lastScan: before }) => {
    if (lastScan !== null && lastScan !== before) take({ kind: 'scanned', sound: soundOfScan[lastScan.kind] });
  });
  link.onState(({ kind }) => {
    if (kind === 'lost' || kind === 'connected') take({ kind: 'link', lost: kind === 'lost' });
  });
  watchNewOrders({
    link,
    now,
    isWanted: () => store.getState().settings.notifications && ringingTab.isHere() && systemNotices.wouldShow(),
    tell,
  });
  return store;
};
