const lookEveryMs = 500;

/**
 * Ends this process, as a signal would, when the npm that runs it is gone: npm does not pass on the signals that it
 * gets, and a station must not go on behind the back of whoever has ended it.
 */
export const endWithNpm = () => {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, lookEveryMs);
  timer.unref();
};
