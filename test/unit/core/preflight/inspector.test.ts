import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { Inspector, type InspectorOptions } from '../../../../main/core/preflight/inspector.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { makeFile, trimmed } from './make-file.ts';

const open = (options?: InspectorOptions): Inspector => {
  const inspector = new Inspector(options);
  onTestFinished(() => inspector.close());
  return inspector;
};

const lying = async (content: Uint8Array) => {
  const path = join(await temporaryFolder(), 'file.pdf');
  await writeFile(path, content);
  return { path, bytes: content.length };
};

/** A thread of a test's own. */
const threadOf = async (source: string): Promise<URL> => {
  const path = join(await temporaryFolder(), 'thread.mjs');
  await writeFile(path, `import { parentPort } from 'node:worker_threads';\n${source}`);
  return pathToFileURL(path);
};

test('files are read in a thread, one after another, the thread ended in between or not', async () => {
  const inspector = open();
  const request = await lying(await makeFile([trimmed(210, 297)]));
  expect(await inspector.inspect(request)).toMatchObject({ kind: 'readable', facts: { pages: 1 } });
  expect((await inspector.inspect(await lying(Buffer.from('%PDF')))).kind).toBe('unreadable');
  await inspector.close();
  expect((await inspector.inspect(request)).kind).toBe('readable');
});

test('a file that is not there, or not the one that was verified, is not judged', async () => {
  const inspector = open();
  const { path, bytes } = await lying(await makeFile([trimmed(210, 297)]));
  expect(await inspector.inspect({ path, bytes: bytes + 1 })).toEqual({ kind: 'skipped', reason: 'gone' });
  expect(await inspector.inspect({ path: `${path}.none`, bytes })).toEqual({ kind: 'skipped', reason: 'gone' });
});

test('a file that is too large for the memory is not opened', async () => {
  const inspector = open({ largestBytes: 100 });
  expect(await inspector.inspect({ path: '/nowhere', bytes: 101 })).toEqual({ kind: 'skipped', reason: 'tooLarge' });
});

test('a file that ends the thread costs only itself, and so does one that keeps it busy', async () => {
  const crashing = open({
    workerUrl: await threadOf(`parentPort.on('message', () => { throw new Error('out of memory'); });`),
  });
  expect(await crashing.inspect(await lying(Buffer.from('%PDF')))).toEqual({ kind: 'skipped', reason: 'stopped' });
  expect(await crashing.inspect(await lying(Buffer.from('%PDF')))).toEqual({ kind: 'skipped', reason: 'stopped' });

  const source = `parentPort.on('message', ({ id, request }) => {
    if (request.bytes === 4) for (;;);
    parentPort.postMessage({ id, outcome: { kind: 'skipped', reason: 'gone' } });
  });`;
  const busy = open({ workerUrl: await threadOf(source), longestMs: 300 });
  expect(await busy.inspect(await lying(Buffer.from('%PDF')))).toEqual({ kind: 'skipped', reason: 'tookTooLong' });
  expect(await busy.inspect(await lying(Buffer.from('%PDF-')))).toEqual({ kind: 'skipped', reason: 'gone' });
});

test('closing calls off what is being looked into', async () => {
  const inspector = open({ workerUrl: await threadOf(`parentPort.on('message', () => undefined);`) });
  const waiting = inspector.inspect(await lying(Buffer.from('%PDF')));
  await inspector.close();
  expect(await waiting).toEqual({ kind: 'skipped', reason: 'stopped' });
});
