/** Runs so many tasks at once, in the order in which they were asked for. */
export class DrawQueue {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves with the task's end. One that is called off before its turn never starts; its promise rejects. */
  run<Result>(task: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        signal.removeEventListener('abort', leave);
        this.#running += 1;
        task()
          .then(resolve, reject)
          .finally(() => {
            this.#running -= 1;
            this.#next();
          });
      };
      const leave = (): void => {
        const place = this.#waiting.indexOf(start);
        if (place !== -1) this.#waiting.splice(place, 1);
        reject(new Error('called off'));
      };
      if (signal.aborted) {
        leave();
        return;
      }
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(start);
      this.#next();
    });
  }

  #next(): void {
    if (this.#running < this.#most) this.#waiting.shift()?.();
  }
}
