const firstDelayMs = 500;
const longestDelayMs = 5_000;

/** How long to wait before try number `attempt` (from 1) at the station: 0.5, 1, 2, 4, then 5 s. */
export const reconnectDelayMs = (attempt: number): number =>
  Math.min(firstDelayMs * 2 ** Math.max(0, attempt - 1), longestDelayMs);
