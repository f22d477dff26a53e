import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DownloadFloor } from './support/download-floor.ts';
import { type Answer, type FileHost, md5Of, sampleBytes, serve, startFileHost } from './support/file-host.ts';

const fileCount = 4;
const contents = Array.from({ length: fileCount }, (_, index) => sampleBytes(2_000_000, index + 1));

let floor: DownloadFloor;
let host: FileHost;
let child: ChildProcess | null = null;
beforeEach(async () => {
  floor = await DownloadFloor.open();
  host = await startFileHost();
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await floor.close();
  await host.stop();
});

/** Sends a little at a time, so that there is a middle to be killed in. */
const serveSlowly =
  (bytes: Uint8Array): Answer =>
  (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, {
      etag: `"${md5Of(bytes)}"`,
      'content-length': bytes.length - from,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    let at = from;
    const timer = setInterval(() => {
      response.write(bytes.subarray(at, at + 50_000));
      at += 50_000;
      if (at >= bytes.length) {
        clearInterval(timer);
        response.end();
      }
    }, 20);
    response.on('close', () => clearInterval(timer));
  };

/** Runs a downloading process until it has said this many new lines, then kills it as a power cut would. */
const runAndKill = async (lines: number): Promise<readonly string[]> => {
  const script = join(import.meta.dirname, 'support', 'download-child.ts');
  child = spawn(process.execPath, [script, floor.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const said: string[] = [];
  if (child.stdout === null) throw new Error('the process says nothing');
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (said.length >= lines) break;
  }
  child.kill('SIGKILL');
  await exited;
  return said;
};

const finishedFiles = async (): Promise<readonly string[]> =>
  (await readdir(dirname(floor.pathOf('x'))).catch(() => [])).filter((name) => !name.endsWith('.part'));

describe('a process that is killed in the middle of a transfer', () => {
  it('loses nothing: the next one goes on from the part files, and every hash is right', async () => {
    const ids: number[] = [];
    for (const [index, bytes] of contents.entries()) {
      host.on(`/${index}.pdf`, serveSlowly(bytes));
      ids.push(
        await floor.add({
          url: `${host.url}/${index}.pdf`,
          expectedBytes: bytes.length,
          expectedMd5: md5Of(bytes),
          name: `${index}.pdf`,
        }),
      );
    }
    // A data folder belongs to one process at a time.
    await floor.store.close();
    for (const lines of [1, 2, 4]) {
      expect(await runAndKill(lines)).toHaveLength(lines);
      // At no moment does a file lie under its final name that is not the right one.
      for (const name of await finishedFiles()) {
        expect(md5Of(await readFile(floor.pathOf(name)))).toBe(
          md5Of(contents[Number.parseInt(name, 10)] ?? Buffer.alloc(0)),
        );
      }
    }
    expect(host.asked.filter(({ range }) => range !== undefined).length).toBeGreaterThan(0);

    for (const [index, bytes] of contents.entries()) host.on(`/${index}.pdf`, serve(bytes));
    floor = await DownloadFloor.open(floor.folder);
    await floor.start();
    for (const [index, id] of ids.entries()) {
      expect(await floor.untilState(id, 'ready')).toMatchObject({ md5: md5Of(contents[index] ?? Buffer.alloc(0)) });
    }
    expect((await finishedFiles()).toSorted()).toEqual(['0.pdf', '1.pdf', '2.pdf', '3.pdf']);
    expect(await readdir(dirname(floor.pathOf('x')))).toHaveLength(fileCount);
    expect((await floor.codes()).filter((code) => code === 'file.ready')).toHaveLength(fileCount);
    expect((await floor.codes()).filter((code) => code === 'file.mismatch')).toEqual([]);
  });
});
