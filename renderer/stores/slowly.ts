/** Runs a task soon after it is asked for, but never twice within `pauseMs`; asked for meanwhile, it runs once more. */
export const createSlowly = (pauseMs: number, task: () => Promise<void>): (() => void) => {
  let busy = false;
  let again = false;
  const run = (): void => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    void task().finally(() => {
      setTimeout(() => {
        busy = false;
        if (again) run();
      }, pauseMs);
    });
  };
  return run;
};
