/** From how long before its ship-by an order asks for attention. */
export const shipBySoonMs = 2 * 3_600_000;

/** From how long before its deadline a signal asks for attention. */
export const deadlineSoonMs = 5 * 60_000;
