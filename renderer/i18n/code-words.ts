/** `itemPrintReady` → `Item print ready`: for a code that the catalogue does not know yet. */
export const readableCode = (code: string): string => {
  const words = code
    .replaceAll(/[._-]+/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

type Detail = Readonly<Record<string, string | number | boolean | null>>;

/** `Item print ready (bytes 24, role cover)`. */
export const readableLine = (code: string, detail: Detail): string => {
  const values = Object.entries(detail).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`${readableCode(name).toLowerCase()} ${String(value)}`],
  );
  return values.length === 0 ? readableCode(code) : `${readableCode(code)} (${values.join(', ')})`;
};
