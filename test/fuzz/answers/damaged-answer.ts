import fc from 'fast-check';
import { parseJson } from '../../../main/core/platforms/parse-json.ts';
import { anyBytes, mutatedBytes } from '../mutate/bytes.ts';
import { mutatedJson, nastyNumbers } from '../mutate/json.ts';
import { nastyText } from '../mutate/nasty-texts.ts';
import { answerBytes, type Damaged, type RecordedAnswer } from './recorded-answer.ts';

const statuses = [
  ...[
    100, 101, 103, 200, 201, 202, 204, 205, 206, 226, 300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405,
  ],
  ...[406, 408, 409, 410, 413, 416, 418, 422, 425, 429, 451, 499, 500, 501, 502, 503, 504, 507, 511, 599, 600, 999],
];
const statusLines = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...statuses).map((status) => `${status} Said`) },
  { weight: 1, arbitrary: fc.constantFrom('', '0', '000 Nothing', '-1 Less', '20', '2000', '200', 'OK', '200\tOK') },
);

type Header = readonly [name: string, value: string];

const valuesOf: Readonly<Record<string, readonly string[]>> = {
  'content-type': ['application/json', 'text/html', 'text/plain; charset=utf-16', 'application/problem+json', '', '/'],
  'content-length': ['0', '1', '2', '-1', '1e3', '99999999999999999999', '4294967296', '0x10', '١'],
  'retry-after': ['0', '1', '-1', '1e9', '99999999999999999999', 'Wed, 21 Oct 1926 07:28:00 GMT', 'tomorrow', ' 5 '],
  location: ['/', '//example.org', 'http://[::1', 'javascript:alert(1)', 'https://user:key@example.org/?key=1', '..'],
  'transfer-encoding': ['chunked', 'gzip, chunked', 'identity', 'chunked, chunked'],
  'content-encoding': ['gzip', 'br', 'x'],
  'content-range': ['bytes 0-1/2', 'bytes 5-1/0', 'bytes */0', 'bytes 0-0/99999999999999999999'],
  etag: ['"a"', 'W/"a"', '"', ''],
  connection: ['close', 'upgrade', 'keep-alive, close'],
};

const header: fc.Arbitrary<Header> = fc
  .constantFrom(...Object.keys(valuesOf))
  .chain((name) =>
    fc
      .oneof(
        { weight: 4, arbitrary: fc.constantFrom(...(valuesOf[name] ?? [''])) },
        { weight: 1, arbitrary: nastyText },
      )
      .map((value): Header => [name, value]),
  );

interface Head {
  readonly statusLine: string;
  readonly headers: readonly Header[];
}

/** Some headers are others, or stand twice. */
const damagedHead = ({ status, headers }: RecordedAnswer): fc.Arbitrary<Head> =>
  fc
    .tuple(
      fc.oneof({ weight: 2, arbitrary: statusLines }, { weight: 1, arbitrary: fc.constant(`${status} Said`) }),
      fc.array(header, { maxLength: 3 }),
      fc.boolean(),
    )
    .map(([statusLine, changed, twice]) => {
      const names = new Set(changed.map(([name]) => name));
      return { statusLine, headers: [...headers.filter(([name]) => twice || !names.has(name)), ...changed] };
    });

/** Says how long its body is and that its connection ends, unless it says something about that itself. */
const assembled = ({ statusLine, headers }: Head, body: Buffer): Buffer => {
  const says = (...names: readonly string[]): boolean => headers.some(([name]) => names.includes(name));
  const added: readonly Header[] = [
    ...(says('content-length', 'transfer-encoding') ? [] : [['content-length', String(body.length)] as const]),
    ...(says('connection') ? [] : [['connection', 'close'] as const]),
  ];
  return answerBytes(statusLine, [...headers, ...added], body);
};

const asBytes = (bytes: Buffer): Damaged => ({ kind: 'bytes', bytes });

/** A name, or else a text or a number. */
const tokens = /(?<name>"(?:[^"\\]|\\.)*"\s*:)|"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gu;

/** JSON in which some texts are other texts and some numbers other numbers, so that nobody refuses it for its form. */
const otherValues = (json: string): fc.Arbitrary<string> => {
  const length = json.match(tokens)?.length ?? 0;
  const change = fc.record({
    place: fc.nat(length),
    text: fc.oneof({ weight: 2, arbitrary: nastyText }, { weight: 1, arbitrary: fc.constant(null) }),
    number: fc.constantFrom(...nastyNumbers),
  });
  return fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) => {
    const byPlace = new Map(changes.map((each) => [each.place, each]));
    let place = -1;
    let last = '""';
    return json.replace(tokens, (value, name: string | undefined) => {
      place += 1;
      const there = byPlace.get(place);
      if (there === undefined || name !== undefined) return value;
      if (!value.startsWith('"')) return there.number;
      // A text that stands elsewhere, too: ids that are the same.
      last = there.text === null ? last : JSON.stringify(there.text);
      return last;
    });
  });
};

const damagedBody = ({ body }: RecordedAnswer): fc.Arbitrary<Buffer> => {
  const json = parseJson(body.toString());
  const others = fc.oneof(
    { weight: 3, arbitrary: mutatedBytes([body]) },
    { weight: 1, arbitrary: nastyText.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: nastyText.map((message) => Buffer.from(JSON.stringify({ message }))) },
    { weight: 1, arbitrary: anyBytes },
  );
  if (json === undefined) return others;
  const texts = fc.oneof(mutatedJson(json), otherValues(body.toString()));
  return fc.oneof({ weight: 8, arbitrary: texts.map((text) => Buffer.from(text)) }, { weight: 2, arbitrary: others });
};

/** Everything that can become of an answer on its way, or of the program that wrote it. */
export const damagedAnswer = (answer: RecordedAnswer): fc.Arbitrary<Damaged> => {
  const { status, headers, body } = answer;
  const sound: Head = { statusLine: `${status} Said`, headers };
  const head = damagedHead(answer);
  const changedBody = damagedBody(answer);
  const answers = fc.oneof(
    { weight: 8, arbitrary: changedBody.map((bytes) => assembled(sound, bytes)) },
    { weight: 3, arbitrary: head.map((changed) => assembled(changed, body)) },
    { weight: 3, arbitrary: fc.tuple(head, changedBody).map(([changed, bytes]) => assembled(changed, bytes)) },
    { weight: 2, arbitrary: mutatedBytes([assembled(sound, body)]) },
    { weight: 1, arbitrary: anyBytes },
  );
  const echo = fc.record({
    kind: fc.constant('echo' as const),
    status: fc.constantFrom(200, 302, 400, 401, 403, 404, 409, 500),
    quoted: fc.boolean(),
  });
  return fc.oneof({ weight: 16, arbitrary: answers.map(asBytes) }, { weight: 1, arbitrary: echo });
};
