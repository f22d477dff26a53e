import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../../../main/core/config/config-file.ts';

const refusalOf = (text: string): string => {
  try {
    parseConfig(text, 'platen.json');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the config file was taken');
};

describe('the config file', () => {
  it('may be empty, and every part may be absent', () => {
    expect(parseConfig('{}', 'platen.json')).toEqual({});
  });

  it('has a default for what its parts leave out', () => {
    expect(parseConfig('{"intake":{}}', 'platen.json').intake).toEqual({
      host: '127.0.0.1',
      port: 8750,
      publicUrl: '',
      enabled: true,
    });
  });

  it('is read with the mark that editors on Windows put before it', () => {
    expect(parseConfig('\uFEFF{"name":"Site A"}', 'platen.json').name).toBe('Site A');
  });

  it('keeps what a connection says for its platform to read', () => {
    const { connections } = parseConfig(
      '{"connections":[{"id":"cp","platform":"cloudprinter","signalKey":{"env":"K"}}]}',
      'platen.json',
    );
    expect(connections).toEqual([{ id: 'cp', platform: 'cloudprinter', signalKey: { env: 'K' } }]);
  });

  it.each([
    ['', 'platen.json is not valid JSON: Unexpected end of JSON input'],
    [
      '{"name": "A",}',
      'platen.json is not valid JSON: Expected double-quoted property name in JSON at position 13 (line 1 column 14)',
    ],
    ['[]', /^platen\.json: the file: .+/],
    ['{"colour":1}', 'platen.json: the file: Unrecognized key: "colour"'],
    ['{"name":""}', /^platen\.json: name: .+/],
    ['{"intake":{"port":70000}}', /^platen\.json: intake\.port: .+/],
    ['{"intake":{"prt":1}}', 'platen.json: intake: Unrecognized key: "prt"'],
    [String.raw`{"p\r\nrt\u0000":1}`, 'platen.json: the file: Unrecognized key: "p rt "'],
    ['{"files":{"concurrency":0}}', /^platen\.json: files\.concurrency: .+/],
    ['{"signals":{"undoSeconds":-1}}', /^platen\.json: signals\.undoSeconds: .+/],
    ['{"connections":[{"id":"CP","platform":"x"}]}', /^platen\.json: connections\.0\.id: use 1 to 64/],
    ['{"connections":[{"id":"a","platform":"x"},{"id":"b"}]}', /^platen\.json: connections\.1\.platform: .+/],
    ['{"hotFolders":[{"id":"h"}]}', /^platen\.json: hotFolders\.0\..+: .+/],
    [
      '{"connections":[{"id":"a","platform":"x"},{"id":"b","platform":"x"},{"id":"a","platform":"y"}]}',
      'platen.json: connections: the id a is there twice',
    ],
  ])('that says %j is refused in one line that names the place', (text, expected) => {
    const message = refusalOf(text);
    expect(message).toMatch(/^[^\n]+$/);
    if (typeof expected === 'string') expect(message).toBe(expected);
    else expect(message).toMatch(expected);
  });

  it('shows nothing of what stands at the place of the fault: it may be a key', () => {
    for (const text of [
      '{"orderKey": s3cret, "b": 1}',
      's3cret\nline two',
      '{"orderKey":"s3cret\n"}',
      '{"k":"s3cret" s3cret}',
    ]) {
      const message = refusalOf(text);
      expect(message).not.toContain('s3cr');
      expect(message).toMatch(/^[^\n]+$/);
    }
  });
});
