import type { Handlers } from '../contract/contract.ts';
import { ContractError } from '../contract/failure.ts';
import type { EventSource } from '../contract/server.ts';
import type { StationView } from '../contract/station.ts';
import type { RealStation } from '../contract/training.ts';
import { errorText, type Logger } from '../core/ports/logger.ts';
import type { Station } from '../core/station-face.ts';
import type { Training } from '../hosts/training-face.ts';
import type { Practice, PracticeDeps } from './practice.ts';
import { deletePractice } from './practice-folder.ts';

export interface TrainingRoomDeps extends PracticeDeps {
  readonly real: Pick<Station, 'handlers' | 'events'>;
  readonly logger: Logger;
  /** Default: the practice station with its platform and RIP. */
  readonly openPractice?: (deps: PracticeDeps) => Promise<Practice>;
}

/** How long the practice station waits for somebody: a page that is loaded again, a machine that was asleep. */
const waitsForGuestsMs = 60_000;

/** As much of the real station as its band in training tells. */
interface StationFacts {
  readonly name: string;
  readonly counts: Pick<StationView['counts'], 'problemOrders'>;
  readonly notices: readonly Pick<StationView['notices'][number], 'level'>[];
}

const realStationOf = ({ name, counts, notices }: StationFacts): RealStation => ({
  name,
  problems: counts.problemOrders + notices.filter(({ level }) => level !== 'info').length,
});

/** Opens the practice station for the first who wants to practise, and closes it after the last. */
export class TrainingRoom implements Training {
  readonly #deps: TrainingRoomDeps;
  #opening: Promise<Practice> | null = null;
  #practice: Practice | null = null;
  #guests = 0;
  /** Until what ran before has ended nothing new can use its folder. */
  #ended: Promise<void>;
  #cancelEnd = (): void => undefined;

  constructor(deps: TrainingRoomDeps) {
    this.#deps = deps;
    // A crash may have left one behind.
    this.#ended = deletePractice(deps.folder).catch((error: unknown) =>
      deps.logger.warn('an old training was not deleted', { cause: errorText(error) }),
    );
  }

  get practice(): Station | null {
    return this.#practice?.station ?? null;
  }

  readonly handlers: Handlers['training'] = {
    enter: async () => {
      await this.#open();
      return {};
    },
    leave: async () => {
      // It answers at once: nobody waits for what is thrown away.
      if (this.#guests <= 1) void this.stop();
      return {};
    },
    real: async (_input, caller) => {
      const { station, ...mark } = await this.#deps.real.handlers.station.get({}, caller);
      return { ...mark, real: realStationOf(station) };
    },
  };

  readonly events: EventSource = {
    subscribe: (listener) =>
      this.#deps.real.events.subscribe((...[name, payload]) => {
        if (name !== 'station.changed' || !('station' in payload)) return;
        const { station, epoch, revision } = payload;
        listener('training.changed', { epoch, revision, real: realStationOf(station) });
      }),
  };

  arrive(): () => void {
    this.#guests += 1;
    this.#cancelEnd();
    let isHere = true;
    return () => {
      if (!isHere) return;
      isHere = false;
      this.#guests -= 1;
      this.#endUnlessSomebodyComes();
    };
  }

  stop(): Promise<void> {
    this.#cancelEnd();
    const opening = this.#opening;
    if (opening === null) return this.#ended;
    this.#opening = null;
    this.#practice = null;
    const { logger } = this.#deps;
    this.#ended = opening.then(
      (practice) =>
        practice.close().then(
          () => logger.info('the training has ended'),
          (error: unknown) => logger.warn('the training did not end well', { cause: errorText(error) }),
        ),
      () => undefined,
    );
    return this.#ended;
  }

  async #open(): Promise<void> {
    this.#opening ??= this.#start();
    const opening = this.#opening;
    try {
      const practice = await opening;
      // It may have been ended before it was there.
      if (this.#opening === opening) this.#practice = practice;
    } catch (error) {
      if (this.#opening === opening) this.#opening = null;
      throw new ContractError('unavailable', `the training cannot be started: ${errorText(error)}`, true);
    }
    this.#endUnlessSomebodyComes();
  }

  async #start(): Promise<Practice> {
    await this.#ended;
    // Only who practises needs it.
    const openPractice = this.#deps.openPractice ?? (await import('./practice.ts')).openPractice;
    const practice = await openPractice(this.#deps);
    this.#deps.logger.info('a training has begun');
    return practice;
  }

  #endUnlessSomebodyComes(): void {
    const { clock } = this.#deps;
    this.#cancelEnd();
    this.#cancelEnd = clock.at(clock.nowMs() + waitsForGuestsMs, () => {
      if (this.#guests === 0) void this.stop();
    });
  }
}
