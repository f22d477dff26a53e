import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DownloadFloor } from './support/download-floor.ts';
import { type FileHost, md5Of, sampleBytes, serve, startFileHost } from './support/file-host.ts';

let floor: DownloadFloor;
let host: FileHost;
beforeEach(async () => {
  floor = await DownloadFloor.open();
  host = await startFileHost();
});
afterEach(async () => {
  await floor.close();
  await host.stop();
});

describe('a file', () => {
  it('is fetched, verified and given its name', async () => {
    const bytes = sampleBytes(100_000);
    host.on('/cover.pdf', serve(bytes));
    const id = await floor.add({
      url: `${host.url}/cover.pdf`,
      expectedBytes: bytes.length,
      expectedMd5: md5Of(bytes),
      name: 'cover.pdf',
    });
    await floor.start();
    const file = await floor.untilState(id, 'ready');
    expect(file).toMatchObject({
      md5: md5Of(bytes),
      receivedBytes: bytes.length,
      verification: 'size+md5',
      attempts: 1,
    });
    expect(await readFile(floor.pathOf('cover.pdf'))).toEqual(bytes);
  });
});
