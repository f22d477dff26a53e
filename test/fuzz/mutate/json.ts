import fc from 'fast-check';
import { nastyText, nastyTexts } from './nasty-texts.ts';

/** A JSON text in parts, so that a name may stand twice and a number may be one that no program can hold. */
type Node =
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'list'; readonly entries: readonly Node[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Node])[] };

const raw = (text: string): Node => ({ kind: 'raw', text });

const nodeOf = (value: unknown): Node => {
  if (Array.isArray(value)) return { kind: 'list', entries: value.map(nodeOf) };
  if (typeof value !== 'object' || value === null) return raw(JSON.stringify(value) ?? 'null');
  return { kind: 'object', members: Object.entries(value).map(([name, member]) => [name, nodeOf(member)]) };
};

const textOf = (node: Node): string => {
  if (node.kind === 'raw') return node.text;
  if (node.kind === 'list') return `[${node.entries.map(textOf).join(',')}]`;
  return `{${node.members.map(([name, member]) => `${JSON.stringify(name)}:${textOf(member)}`).join(',')}}`;
};

const nested = (open: string, close: string, depth: number): string => `${open.repeat(depth)}0${close.repeat(depth)}`;

/** Numbers that are taken for numbers. */
export const nastyNumbers = [
  '-0',
  '1e999',
  '-1e999',
  '1e-999',
  '0.1',
  '-1',
  '9007199254740993',
  `${'9'.repeat(400)}`,
  '4294967296',
];
const nastyValues: readonly string[] = [
  'null',
  'true',
  'false',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '[{}]',
  ...nastyNumbers,
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"valueOf":1,"length":-1}',
  nested('[', ']', 20),
  nested('{"a":', '}', 40),
  nested('[', ']', 3_000),
  nested('[', ']', 100_000),
  nested('{"order":', '}', 20_000),
  `[${'0,'.repeat(60_000)}0]`,
  `"${'\\u0000'.repeat(50)}"`,
  '"\\ud800"',
];
const nastyValue: fc.Arbitrary<Node> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...nastyValues).map(raw) },
  { weight: 3, arbitrary: nastyText.map((text) => raw(JSON.stringify(text))) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map(nodeOf) },
);
const nastyName = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', ''), fc.constantFrom(...nastyTexts));

/** What happens to the value at one place. Several may come out of one: all are put there. */
type Change =
  | { readonly kind: 'delete' | 'double' | 'wrapInList' | 'wrapInObject' | 'many' }
  | { readonly kind: 'replace'; readonly by: Node }
  | { readonly kind: 'rename'; readonly to: string };

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 5, arbitrary: nastyValue.map((by): Change => ({ kind: 'replace', by })) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('delete' as const, 'double' as const, 'wrapInList' as const, 'wrapInObject' as const)
      .map((kind): Change => ({ kind })),
  },
  { weight: 1, arbitrary: fc.constant<Change>({ kind: 'many' }) },
  { weight: 1, arbitrary: nastyName.map((to): Change => ({ kind: 'rename', to })) },
);

const count = (node: Node): number => {
  if (node.kind === 'raw') return 1;
  const inside = node.kind === 'list' ? node.entries : node.members.map(([, member]) => member);
  return inside.reduce((sum, each) => sum + count(each), 1);
};

/** What many of one value may take together: what is larger is refused by its length, and tells nothing new. */
const mostCharacters = 1_000_000;

const becomes = (name: string, node: Node, what: Change): readonly (readonly [string, Node])[] => {
  switch (what.kind) {
    case 'delete':
      return [];
    case 'double':
      return [
        [name, node],
        [name, node],
      ];
    case 'many':
      return Array.from(
        { length: Math.min(300, Math.ceil(mostCharacters / textOf(node).length)) },
        () => [name, node] as const,
      );
    case 'wrapInList':
      return [[name, { kind: 'list', entries: [node] }]];
    case 'wrapInObject':
      return [[name, { kind: 'object', members: [[name, node]] }]];
    case 'replace':
      return [[name, what.by]];
    case 'rename':
      return [[what.to, node]];
  }
};

/** Changes the value with this number, counted from the top. */
const changed = (root: Node, place: number, what: Change): Node => {
  let at = -1;
  const visit = (name: string, node: Node): readonly (readonly [string, Node])[] => {
    at += 1;
    if (at === place) {
      at += count(node) - 1;
      return becomes(name, node, what);
    }
    if (node.kind === 'raw') return [[name, node]];
    if (node.kind === 'list') {
      return [
        [name, { kind: 'list', entries: node.entries.flatMap((each) => visit('', each).map(([, made]) => made)) }],
      ];
    }
    return [[name, { kind: 'object', members: node.members.flatMap(([each, member]) => visit(each, member)) }]];
  };
  return visit('', root)[0]?.[1] ?? raw('null');
};

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const mostNodes = 20_000;

/** JSON texts that were real ones before something happened to one to four of their values. */
export const mutatedJson = (...samples: readonly unknown[]): fc.Arbitrary<string> => {
  const roots = samples.map(nodeOf);
  return fc
    .tuple(fc.nat(roots.length - 1), fc.array(fc.tuple(place, change), { minLength: 1, maxLength: 4 }))
    .map(([which, changes]) => {
      const root = roots[which] ?? raw('null');
      return textOf(
        changes.reduce((node, [share, what]) => {
          const nodes = count(node);
          return nodes > mostNodes ? node : changed(node, Math.floor(share * nodes), what);
        }, root),
      );
    });
};
