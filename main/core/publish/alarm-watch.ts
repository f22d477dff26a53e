import { errorText } from '../ports/logger.ts';
import type { Touched } from '../store/changes.ts';
import { refreshChannelAlarms } from './channel-alarms.ts';
import type { NoticeBoard } from './notices.ts';
import { refreshOverdueAlarms } from './overdue-alarms.ts';
import { OverdueSignals, type OverdueSignalsDeps } from './overdue-signals.ts';

export interface AlarmWatchDeps extends OverdueSignalsDeps {
  readonly notices: NoticeBoard;
}

/** Keeps the notices that follow from the tables as the tables are: refused channels, files that lie, late signals. */
export class AlarmWatch {
  readonly #deps: AlarmWatchDeps;
  readonly #overdueSignals: OverdueSignals;
  readonly #unsubscribe: () => void;
  /** One after another, so that what was read earlier never overwrites what was read later. */
  #refreshing: Promise<void> = Promise.resolve();

  constructor(deps: AlarmWatchDeps) {
    this.#deps = deps;
    this.#overdueSignals = new OverdueSignals(deps);
    this.#unsubscribe = deps.store.changes.subscribe((touched) => this.#follow(touched));
  }

  /** Raises what already stands in the tables about these connections. */
  async start(connectionIds: ReadonlySet<string>): Promise<void> {
    await refreshChannelAlarms(this.#deps.store, this.#deps.notices, connectionIds);
    this.#overdueSignals.poke();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#refreshing;
    await this.#overdueSignals.stop();
  }

  #follow({ connections, handovers, signals }: Touched): void {
    const { store, notices } = this.#deps;
    if (connections.size > 0) this.#refresh(() => refreshChannelAlarms(store, notices, connections));
    if (handovers.size > 0) this.#refresh(() => refreshOverdueAlarms(store, notices));
    if (signals.size > 0) this.#overdueSignals.poke();
  }

  #refresh(refresh: () => Promise<void>): void {
    this.#refreshing = this.#refreshing
      .then(refresh)
      .catch((error: unknown) => this.#deps.logger.error(`refreshing the alarms: ${errorText(error)}`));
  }
}
