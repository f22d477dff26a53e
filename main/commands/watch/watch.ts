import type { Client } from '../../contract/contract.ts';
import { toMoment } from '../../core/ports/clock.ts';
import { widestLine } from '../answer.ts';
import { CommandFailure } from '../command-failure.ts';
import type { CommandIo } from '../command-io.ts';
import type { StationLink } from '../station-link.ts';
import { ChangeLines } from './change-lines.ts';
import { LiveBlock } from './live-block.ts';
import { transferLines } from './transfer-lines.ts';
import { listenToAll, type WatchedEvent } from './watched-event.ts';

type Show = (event: WatchedEvent) => void;

/** Follows the station until someone interrupts; rejects when the station goes away. */
export const watch = async (link: StationLink, json: boolean, io: CommandIo): Promise<void> => {
  const show = json ? showJson(io) : io.terminal === null ? showLines(io) : showInTerminal(io, io.terminal);
  const waiting: WatchedEvent[] = [];
  let take: Show = (event) => waiting.push(event);
  listenToAll(link.client, (event) => take(event));

  const started = await openWork(link.client);
  for (const event of started) show(event);
  for (const event of waiting) if (isNews(event, started)) show(event);
  take = show;

  const interrupted = new Promise<'interrupted'>((resolve) => io.onInterrupt(() => resolve('interrupted')));
  const end = await Promise.race([interrupted, link.closed]);
  if (end !== 'interrupted') throw new CommandFailure('the station has stopped');
};

/** What is going on already, in the form of the events that will follow. */
const openWork = async (client: Client): Promise<readonly WatchedEvent[]> => {
  const [station, connections, orders, files, outbox, hotFolders, jobs] = await Promise.all([
    client.station.get({}),
    client.connections.list({}),
    client.orders.list({ openOnly: true }),
    client.files.list({ states: ['queued', 'fetching', 'verifying', 'waiting', 'problem'] }),
    client.outbox.list({ states: ['queued', 'sending', 'waiting', 'problem', 'maybe'] }),
    client.hotFolders.list({}),
    client.jobs.list({ openOnly: true }),
  ]);
  return [
    { event: 'station.changed', payload: station },
    { event: 'connections.changed', payload: { ...markOf(connections), connections: connections.connections } },
    { event: 'orders.changed', payload: { ...markOf(orders), orders: orders.orders } },
    { event: 'files.changed', payload: { ...markOf(files), files: files.files } },
    { event: 'files.progress', payload: { transfers: files.transfers } },
    { event: 'outbox.changed', payload: { ...markOf(outbox), signals: outbox.signals } },
    { event: 'hotFolders.changed', payload: hotFolders },
    { event: 'jobs.changed', payload: { ...markOf(jobs), jobs: jobs.jobs } },
  ];
};

interface Mark {
  readonly epoch: string;
  readonly revision: number;
}
const markOf = ({ epoch, revision }: Mark): Mark => ({ epoch, revision });

/** False for an event that the snapshot of the same name has in it already. */
const isNews = (event: WatchedEvent, snapshots: readonly WatchedEvent[]): boolean => {
  const snapshot = snapshots.find((each) => each.event === event.event);
  if (snapshot === undefined || !('revision' in event.payload) || !('revision' in snapshot.payload)) return true;
  return event.payload.epoch !== snapshot.payload.epoch || event.payload.revision > snapshot.payload.revision;
};

const showJson =
  (io: CommandIo): Show =>
  (event) =>
    io.out(`${JSON.stringify({ at: toMoment(io.clock.nowMs()), event: event.event, ...event.payload })}\n`);

const showLines = (io: CommandIo): Show => {
  const changes = new ChangeLines();
  return (event) => {
    for (const line of changes.of(event)) io.out(`${timeOf(io)} ${line}\n`);
  };
};

const showInTerminal = (io: CommandIo, terminal: { columns(): number }): Show => {
  const changes = new ChangeLines();
  const block = new LiveBlock((text) => io.out(text));
  return (event) => {
    if (event.event === 'files.progress') {
      const width = Math.min(widestLine, terminal.columns() - 1);
      block.show(transferLines(event.payload.transfers, (fileId) => changes.nameOf(fileId), width));
    } else block.scroll(changes.of(event).map((line) => `${timeOf(io)} ${line}`));
  };
};

const timeOf = (io: CommandIo): string => new Date(io.clock.nowMs()).toTimeString().slice(0, 8);
