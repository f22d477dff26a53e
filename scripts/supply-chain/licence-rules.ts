/** Licences that ask for no more than to be named and passed on; MPL-2.0 for files that are passed on as they are. */
const permissive: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Unlicense',
  // SQLite's: the public domain, with a blessing.
  'blessing',
]);

/** Further ones of tools that build and test, of which nothing reaches a shop: `argparse` and `truncate-utf8-bytes`. */
const ofTools: ReadonlySet<string> = new Set(['Python-2.0', 'WTFPL']);

export type Use = 'shipped' | 'tool';

const tokensOf = (expression: string): readonly string[] => expression.match(/[()]|[^\s()]+/gu) ?? [];

/** Whether an SPDX expression can be met with the allowed licences alone; what cannot be read is not allowed. */
export const isAllowed = (expression: string | null, use: Use): boolean => {
  const tokens = [...tokensOf(expression ?? '')];
  const isKnown = (id: string): boolean => permissive.has(id) || (use === 'tool' && ofTools.has(id));

  const readOne = (): boolean => {
    const token = tokens.shift() ?? '';
    if (token !== '(') return isKnown(token);
    const inside = readEither();
    return tokens.shift() === ')' && inside;
  };
  const readAll = (): boolean => {
    let allowed = readOne();
    while (tokens[0] === 'AND') {
      tokens.shift();
      allowed = readOne() && allowed;
    }
    return allowed;
  };
  const readEither = (): boolean => {
    let allowed = readAll();
    while (tokens[0] === 'OR') {
      tokens.shift();
      allowed = readAll() || allowed;
    }
    return allowed;
  };
  const allowed = readEither();
  return tokens.length === 0 && allowed;
};
