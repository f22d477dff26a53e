import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileLogger } from '../../../../main/core/logging/file-logger.ts';
import { redactText } from '../../../../main/core/logging/redact.ts';
import { RotatingFile } from '../../../../main/core/logging/rotating-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-log-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the station log', () => {
  it('has every line on the disk once it is closed', async () => {
    const logger = createFileLogger(join(folder, 'logs'));
    for (let number = 0; number < 500; number += 1) logger.info('an order came in', { number });
    logger.error('something broke');
    await logger.close();

    const lines = (await readFile(join(folder, 'logs', 'platen.log'), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(501);
    expect(JSON.parse(lines[7] ?? '')).toMatchObject({ level: 'info', msg: 'an order came in', number: 7 });
    expect(JSON.parse(lines[500] ?? '')).toMatchObject({ level: 'error', msg: 'something broke' });
    expect((await stat(join(folder, 'logs', 'platen.log'))).mode & 0o077).toBe(0);
  });

  it('goes on after the lines of the last run', async () => {
    for (const run of ['first', 'second']) {
      const logger = createFileLogger(folder);
      logger.info(`${run} run`);
      await logger.close();
    }
    expect((await readFile(join(folder, 'platen.log'), 'utf8')).trimEnd().split('\n')).toHaveLength(2);
  });

  it('keeps keys and addresses out of messages and values, and keeps the rest', async () => {
    const logger = createFileLogger(folder);
    logger.warn('GET https://files.example/a/b.pdf?X-Amz-Signature=0011 failed', {
      to: 'reader@example.org',
      signalKey: '0123456789abcdef0123456789abcdef01234567',
      apikey: 'plain-words',
      order: '900000010000',
      attempts: 3,
    });
    await logger.close();
    const line = await readFile(join(folder, 'platen.log'), 'utf8');
    expect(line).not.toMatch(/Amz|reader|0123456789abcdef|plain-words/);
    expect(line).toContain('https://files.example/a/b.pdf?[redacted]');
    expect(JSON.parse(line)).toMatchObject({ order: '900000010000', attempts: 3 });
  });

  it('drops lines, and says how many, while the folder cannot be written', async () => {
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, 'a file where the folder should be');
    const file = new RotatingFile({ folder: blocked, name: 'platen', maxBytes: 1000, maxFiles: 2 });
    file.write('lost\n');
    await file.flush();
    await rm(blocked);
    file.write('kept\n');
    await file.close();
    expect(await readFile(join(blocked, 'platen.log'), 'utf8')).toMatch(/"dropped":1\}\nkept\n$/);
  });
});

describe('the rotation of the log', () => {
  it('keeps the newest lines in at most so many files of at most so many bytes', async () => {
    const file = new RotatingFile({ folder, name: 'platen', maxBytes: 1000, maxFiles: 5 });
    for (let number = 0; number < 1000; number += 1) file.write(`line ${String(number).padStart(4, '0')}\n`);
    await file.close();

    const names = (await readdir(folder)).sort();
    expect(names).toEqual(['platen.1.log', 'platen.2.log', 'platen.3.log', 'platen.4.log', 'platen.log']);
    for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1000);
    const newestLast = ['platen.4.log', 'platen.3.log', 'platen.2.log', 'platen.1.log', 'platen.log'];
    const lines = (await Promise.all(newestLast.map((name) => readFile(join(folder, name), 'utf8'))))
      .join('')
      .split('\n');
    const numbers = lines.filter((line) => line !== '').map((line) => Number(line.slice(5)));
    expect(numbers.at(-1)).toBe(999);
    expect(numbers).toEqual(numbers.map((_, index) => 1000 - numbers.length + index));
  });

  it('starts a new file when the last run left a full one', async () => {
    await writeFile(join(folder, 'platen.log'), 'x'.repeat(990));
    const file = new RotatingFile({ folder, name: 'platen', maxBytes: 1000, maxFiles: 3 });
    file.write('a line of some length\n');
    await file.close();
    expect((await readFile(join(folder, 'platen.log'), 'utf8')).startsWith('a line')).toBe(true);
    expect((await stat(join(folder, 'platen.1.log'))).size).toBe(990);
  });
});

describe('what a log line never holds', () => {
  it.each([
    ['Authorization: Bearer abc.def.ghi', 'abc.def'],
    ['{"authorization":"Basic dXNlcjpwYXNz"}', 'dXNlcjpwYXNz'],
    ['{"apikey":"s3cret-value","order":"1"}', 's3cret-value'],
    ['apiKey=s3cret-value&order=1', 's3cret-value'],
    ['mail to jane.doe+shop@mail.example.org now', 'jane.doe'],
    ['http://user:word@host.example/x', 'user:word'],
    ['https://host.example/x?sig=abc%20def&exp=1', 'sig=abc'],
    ['key 0123456789ABCDEF0123456789ABCDEF', '0123456789ABCDEF'],
  ])('%s', (text, secret) => {
    expect(redactText(text)).not.toContain(secret);
    expect(redactText(text)).toContain('[redacted]');
  });

  it('leaves a line without secrets as it is', () => {
    const line = 'order 900000010000: cover fetched from https://host.example/a/b.pdf in 3.2 s (18 MB)';
    expect(redactText(line)).toBe(line);
  });
});
