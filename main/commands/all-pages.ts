interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

const pageSize = 200;

/** Reads a list to its end. Rows may move between two pages, so each id is taken once. */
export const allPages = async <Row extends { readonly id: number }>(
  read: (page: { readonly offset: number; readonly limit: number }) => Promise<Page<Row>>,
): Promise<readonly Row[]> => {
  const found = new Map<number, Row>();
  for (let offset = 0; ; offset += pageSize) {
    const { total, rows } = await read({ offset, limit: pageSize });
    for (const row of rows) found.set(row.id, row);
    if (rows.length === 0 || offset + rows.length >= total) return [...found.values()];
  }
};
