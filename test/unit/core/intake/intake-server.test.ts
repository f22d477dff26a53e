import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import type { IncomingOrder } from '../../../../main/core/domain/incoming-order.ts';
import type { AcceptedOrder } from '../../../../main/core/intake/accept-order.ts';
import type { IntakeServerDeps } from '../../../../main/core/intake/intake-server.ts';
import { createCloudprinter } from '../../../../main/core/platforms/cloudprinter/platform.ts';
import { defaultSettings } from '../../../../main/core/platforms/cloudprinter/settings.ts';
import { exampleDocument, exampleJson, exampleKey, exampleXml } from '../platforms/cloudprinter/example-documents.ts';
import { answerOf, connectionTo, post, startIntake } from './intake-fixture.ts';

let stored: IncomingOrder[] = [];
let accept: (order: IncomingOrder) => Promise<AcceptedOrder>;

beforeEach(() => {
  stored = [];
  accept = async (order) => {
    stored.push(order);
    return { orderId: stored.length, outcome: 'stored' };
  };
});

const start = (more: Partial<IntakeServerDeps> = {}) =>
  startIntake(
    [connectionTo(createCloudprinter(), 'cp', { orderKey: exampleKey }, defaultSettings)],
    { accept: (_connection, order) => accept(order) },
    more,
  );

describe('the intake', () => {
  it('Invalid JSON, XML with a DTD, a 20 MB body, a wrong key, an unknown connection, a missing item id: 400, 400, 413, 401, 404, 400, each with one clear line; nothing stored, nothing crashes', async () => {
    const { url, refusals, logged } = await start();
    const inbox = `${url}/in/cp`;
    const withoutItemId = exampleDocument();
    Object.assign(withoutItemId.order.items[1] ?? {}, { id: undefined });
    const dtd = '<?xml version="1.0"?><!DOCTYPE order [<!ENTITY a "b">]><order><id>&a;</id></order>';

    const answers = [
      await post(inbox, exampleJson.slice(0, -20)),
      await post(inbox, dtd, { 'content-type': 'application/xml' }),
      await post(inbox, Buffer.alloc(20_000_000, ' ')),
      await post(inbox, exampleJson.replace(exampleKey, 'ORDERKEY0000000000000000EXAMPLE2')),
      await post(`${url}/in/other`, exampleJson),
      await post(inbox, JSON.stringify(withoutItemId)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 413, 401, 404, 400]);
    expect(answers.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^the body is not valid JSON \(at character \d+\)\n$/),
      'the XML has a DTD, which is not accepted\n',
      'the body is too large\n',
      'the key of the order is wrong\n',
      'there is no such connection\n',
      'item 2 has no id\n',
    ]);
    expect(stored).toEqual([]);
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 413, 401, 404, 400]);
    expect(logged).toHaveLength(6);
    expect(logged.join('\n')).not.toMatch(/EXAMPLE|Ann|Testgade/);

    // The control: the same server takes a good order, in both forms.
    expect(await post(inbox, exampleJson)).toEqual({ status: 200, text: 'stored\n' });
    expect(await post(inbox, exampleXml, { 'content-type': 'text/xml' })).toEqual({ status: 200, text: 'stored\n' });
    expect(stored.map(({ externalId }) => externalId)).toEqual(['900000010000', '900000020000']);
    expect(JSON.stringify(stored)).not.toContain(exampleKey);
    expect(logged).toHaveLength(6);
  });

  it('judges the key after the form and before the content', async () => {
    const { url } = await start();
    const inbox = `${url}/in/cp`;
    expect(await post(inbox, '{"order":{"apikey":"wrong","items":3}}')).toMatchObject({ status: 401 });
    expect(await post(inbox, '{"order":{"items":3}}')).toEqual({ status: 401, text: 'the order carries no key\n' });
    expect(await post(inbox, `{"order":{"apikey":"${exampleKey}"}}`)).toEqual({
      status: 400,
      text: 'the order has no id\n',
    });
    expect(await post(inbox, 'hello', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect(await post(inbox, '')).toEqual({ status: 400, text: 'the body is empty\n' });
  });

  it('reads the document whatever its Content-Type, even one that is none', async () => {
    const { url } = await start();
    for (const type of ['application/xml', 'text/plain', 'multipart/form-data', 'nonsense', '/;=', '']) {
      expect(await post(`${url}/in/cp`, exampleJson, { 'content-type': type })).toMatchObject({ status: 200 });
    }
  });

  it('says what became of a repeat, and answers only once the order is stored', async () => {
    const { url } = await start();
    for (const outcome of ['known', 'revision'] as const) {
      accept = async () => ({ orderId: 1, outcome });
      expect(await post(`${url}/in/cp`, exampleJson)).toEqual({ status: 200, text: `${outcome}\n` });
    }
    const steps: string[] = [];
    let release = (): void => undefined;
    accept = () =>
      new Promise((resolve) => {
        release = () => {
          steps.push('stored');
          resolve({ orderId: 1, outcome: 'stored' });
        };
        steps.push('asked');
      });
    const posting = post(`${url}/in/cp`, exampleJson).then(() => steps.push('answered'));
    await expect.poll(() => steps, { interval: 5 }).toEqual(['asked']);
    release();
    await posting;
    expect(steps).toEqual(['asked', 'stored', 'answered']);
  });

  it('asks the sender to come again when the order cannot be stored', async () => {
    const { url, logged } = await start();
    accept = () => Promise.reject(new Error('the disk is full'));
    const response = await fetch(`${url}/in/cp`, { method: 'POST', body: exampleJson });
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await answerOf(response)).toEqual({ status: 503, text: 'the order could not be stored, send it again\n' });
    expect(logged[0]).toContain('the disk is full');
  });

  it('has one line for everything else that comes by', async () => {
    const { url } = await start();
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const response = await fetch(`${url}/in/cp`, { method });
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, 'POST']);
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(await response.text()).toBe(method === 'HEAD' ? '' : 'post order documents here\n');
    }
    const paths = ['/', '/in', '/in/', '/in/%zz', '/in/..%2f..%2fetc', '/in/__proto__', `/in/${'a'.repeat(5000)}`];
    for (const path of [...paths, '/in/cp/x', '/health/x']) {
      const answer = await post(`${url}${path}`, exampleJson);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).toMatch(/^there is (nothing here|no such connection)\n$/);
    }
    expect(stored).toEqual([]);
  });

  it('tells how it is at /health, and says when it cannot', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/health`);
    expect([response.status, await response.json()]).toEqual([200, { version: '1.2.3' }]);
    const broken = await start({ health: () => Promise.reject(new Error('store closed')) });
    expect((await fetch(`${broken.url}/health`)).status).toBe(500);
  });
});

describe('the intake stays up', () => {
  it('reads no further than the limit, and the sender still sees the answer', async () => {
    const { url } = await start({ bodyLimitBytes: 1_000 });
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 65_536;
        if (sent > 20_000_000) controller.close();
        else controller.enqueue(Buffer.alloc(65_536, ' '));
      },
    });
    const init: RequestInit & { readonly duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
    const streamed = await fetch(`${url}/in/cp`, init);
    expect(await answerOf(streamed)).toEqual({ status: 413, text: 'the body is too large\n' });
    expect(await post(`${url}/in/cp`, ' '.repeat(1_000))).toMatchObject({ status: 400 });
    expect(await post(`${url}/in/cp`, ' '.repeat(1_001))).toMatchObject({ status: 413 });
  });

  it('holds no more bodies at once than it should, and takes the next one when one is done', async () => {
    const { url } = await start({ bodyBudget: { bodies: 2, bytes: 1_000_000 } });
    const waiting: (() => void)[] = [];
    accept = () => new Promise((resolve) => waiting.push(() => resolve({ orderId: 1, outcome: 'stored' })));
    const first = [post(`${url}/in/cp`, exampleJson), post(`${url}/in/cp`, exampleJson)];
    await expect.poll(() => waiting.length, { interval: 5 }).toBe(2);
    const third = await fetch(`${url}/in/cp`, { method: 'POST', body: exampleJson });
    expect(third.headers.get('retry-after')).toBe('2');
    expect(await answerOf(third)).toEqual({ status: 503, text: 'too many orders at once, send it again\n' });
    for (const release of waiting.splice(0)) release();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
    const fourth = post(`${url}/in/cp`, exampleJson);
    await expect.poll(() => waiting.length, { interval: 5 }).toBe(1);
    for (const release of waiting.splice(0)) release();
    expect((await fourth).status).toBe(200);
  });

  it('gives the place of a body that does not end to one that does', async () => {
    const budgets = [
      { bodies: 2, bytes: 1_000_000 },
      { bodies: 50, bytes: 100_000 },
    ];
    for (const bodyBudget of budgets) {
      const { url, port } = await start({ bodyBudget });
      const inbox = { host: '127.0.0.1', port, path: '/in/cp', method: 'POST' };
      const endless = Array.from({ length: 3 }, () => httpRequest(inbox));
      const answers: unknown[] = [];
      for (const request of endless) {
        request.on('error', () => undefined).on('response', ({ statusCode }) => answers.push(statusCode));
      }
      for (const request of endless) request.write(Buffer.alloc(45_000, ' '));
      // The first had to go for the third; the others go for the orders.
      await expect.poll(() => answers, { interval: 5 }).toEqual([503]);
      const orders = [1, 2, 3, 4].map((id) => post(`${url}/in/cp`, exampleJson.replace('900000010000', `77${id}`)));
      expect((await Promise.all(orders)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      for (const request of endless) request.destroy();
    }
  });

  it('forgets the bytes of bodies that are cut off', async () => {
    const { url, port } = await start({ bodyBudget: { bodies: 50, bytes: 100_000 } });
    const inbox = { host: '127.0.0.1', port, path: '/in/cp', method: 'POST' };
    for (let number = 0; number < 5; number += 1) {
      const cut = httpRequest({ ...inbox, headers: { 'content-length': 90_000 } }).on('error', () => undefined);
      cut.write(Buffer.alloc(80_000, ' '), () => cut.destroy());
      await new Promise((resolve) => cut.once('close', resolve));
    }
    expect(await post(`${url}/in/cp`, ' '.repeat(50_000))).toMatchObject({ status: 400 });
    expect(await post(`${url}/in/cp`, exampleJson)).toMatchObject({ status: 200 });
  });

  it('ends the oldest connection that brought nothing for a new one, and keeps those that brought orders', async () => {
    const { port } = await start({ mostConnections: 4 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const deliver = (id: number) =>
      new Promise<readonly [number | undefined, boolean]>((resolve, reject) => {
        const request = httpRequest({ host: '127.0.0.1', port, path: '/in/cp', method: 'POST', agent }, (response) => {
          response.resume().once('end', () => resolve([response.statusCode, request.reusedSocket]));
        });
        request.once('error', reject).end(exampleJson.replace('900000010000', `88${id}`));
      });
    expect(await deliver(1)).toEqual([200, false]);
    const strangers: Socket[] = [];
    for (let number = 0; number < 12; number += 1) {
      const stranger = connect(port, '127.0.0.1').on('error', () => undefined);
      await once(stranger, 'connect');
      stranger.write('POST /in/cp HTTP/1.1\r\n');
      strangers.push(stranger);
    }
    await expect.poll(() => strangers.filter(({ closed }) => closed).length, { interval: 5 }).toBe(9);
    expect(await deliver(2)).toEqual([200, true]);
    expect(strangers.slice(-3).map(({ closed }) => closed)).toEqual([false, false, false]);
    for (const stranger of strangers) stranger.destroy();
    agent.destroy();
  });

  it('answers what is no HTTP in one line', async () => {
    const { port } = await start();
    const socket = connect(port, '127.0.0.1', () => socket.write('hello there\r\n\r\n'));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(socket, 'close');
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 400 [\s\S]*\r\n\r\nthis is not an HTTP request\n$/);
  });

  it('takes many orders at once', async () => {
    const { url } = await start();
    const numbers = Array.from({ length: 200 }, (_, index) => `9000${index}`);
    const answers = await Promise.all(
      numbers.map((id) => post(`${url}/in/cp`, exampleJson.replace('900000010000', id))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(stored.map(({ externalId }) => externalId).sort()).toEqual(numbers.sort());
  });

  it('finishes what it is storing when it stops, and then is gone', async () => {
    const { server, url } = await start();
    const waiting: (() => void)[] = [];
    accept = () => new Promise((resolve) => waiting.push(() => resolve({ orderId: 1, outcome: 'stored' })));
    const posting = post(`${url}/in/cp`, exampleJson);
    await expect.poll(() => waiting.length, { interval: 5 }).toBe(1);
    const stopping = server.stop();
    for (const release of waiting) release();
    expect(await posting).toEqual({ status: 200, text: 'stored\n' });
    await stopping;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('says that the port is taken, and can be started and stopped more than once', async () => {
    const { port, server, url } = await start();
    expect(await server.start()).toEqual({ host: '127.0.0.1', port });
    await expect(start({ port })).rejects.toThrow(/EADDRINUSE/);
    await Promise.all([server.stop(), server.stop()]);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });
});
