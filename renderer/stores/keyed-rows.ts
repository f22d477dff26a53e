/** Takes changed rows into a short list that is always whole: known ones in their place, new ones at the end. */
export const mergeRows = <Row, Key>(
  rows: readonly Row[],
  changed: readonly Row[],
  keyOf: (row: Row) => Key,
): readonly Row[] => {
  if (changed.length === 0) return rows;
  const news = new Map(changed.map((row) => [keyOf(row), row]));
  const merged = rows.map((row) => {
    const replacement = news.get(keyOf(row));
    news.delete(keyOf(row));
    return replacement ?? row;
  });
  return [...merged, ...news.values()];
};
