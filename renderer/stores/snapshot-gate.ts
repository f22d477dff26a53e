/** What every snapshot and event carries: which run of the station it is from, and how far that run had come. */
export interface SnapshotMark {
  readonly epoch: string;
  readonly revision: number;
}

/** What to do with an event: `resync` says that the station was restarted, so a new snapshot is due. */
export type GateAnswer = 'apply' | 'hold' | 'drop' | 'resync';

/** Decides which events are news. Until the snapshot is there they are held; what the snapshot already holds is dropped. */
export class SnapshotGate<Event extends SnapshotMark> {
  #mark: SnapshotMark | null = null;
  #held: Event[] = [];

  offer(event: Event): GateAnswer {
    if (this.#mark === null) {
      this.#held.push(event);
      return 'hold';
    }
    if (event.epoch !== this.#mark.epoch) {
      this.close();
      this.#held.push(event);
      return 'resync';
    }
    return event.revision > this.#mark.revision ? 'apply' : 'drop';
  }

  /** Takes the snapshot's mark and answers the held events that are newer than it, oldest first. */
  open(mark: SnapshotMark): readonly Event[] {
    this.#mark = mark;
    const news = this.#held.filter((event) => event.epoch === mark.epoch && event.revision > mark.revision);
    this.#held = [];
    return news;
  }

  /** From here on events are held again, until the next snapshot. */
  close(): void {
    this.#mark = null;
  }
}
