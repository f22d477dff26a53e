/** A PDF measures in points, 72 an inch. */
export const pointsPerMm = 72 / 25.4;
