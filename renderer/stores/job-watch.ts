/** How often the station is asked to look at the open jobs of the order that somebody has on the screen. */
const lookEveryMs = 15_000;

export interface JobWatchSpec {
  /** Asks the station to look; answers whether it could be asked. */
  readonly look: () => Promise<boolean>;
  readonly hasOpenJobs: () => boolean;
}

/** Looks once, and then as long as jobs are open. Answers what ends it. */
export const watchJobs = ({ look, hasOpenJobs }: JobWatchSpec): (() => void) => {
  let ended = false;
  let asked = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = async (): Promise<void> => {
    if (!asked || hasOpenJobs()) asked = (await look()) || asked;
    if (!ended) timer = setTimeout(() => void next(), lookEveryMs);
  };
  void next();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
};
