import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../../main/contract/contract.ts';
import { ContractError } from '../../../main/contract/failure.ts';
import type { ItemView, OrderView, SignalRequest } from '../../../main/contract/orders.ts';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import type { SeededRandom } from '../../../main/training/random/seeded-random.ts';
import { startCommand } from '../../support/scenario-command.ts';
import type { StationRunner } from '../station/station-runner.ts';
import type { ComingOrder, ComingOrders } from './coming-orders.ts';
import type { TortureRip } from './rip.ts';

export interface OperatorDeps {
  readonly runner: StationRunner;
  readonly coming: ComingOrders;
  readonly rip: TortureRip;
  readonly random: SeededRandom;
  readonly root: string;
  readonly dataFolder: string;
  /** Whether the platform has any job of this order and template. */
  readonly wasMade: (order: string) => boolean;
}

/** A signal that the station confirmed. */
interface Confirmed {
  readonly signal: number;
  readonly item: string;
}

const restMs = 15;
const hotFolderOf: Readonly<Record<string, string>> = { cp: 'press', px: 'digital', cc: 'digital' };

const isOver = (item: ItemView): boolean => item.stage === 'shipped' || item.stage === 'cancelled';

/** Somebody on the floor who works, changes their mind, and does not mind that the station may be gone the next moment. */
export class Operator {
  readonly #deps: OperatorDeps;
  readonly #done = new Set<string>();
  #stopped = false;
  #finishing = false;
  readonly confirmed: Confirmed[] = [];
  /** Signals that were taken back, or may have been. */
  readonly undone = new Set<number>();
  /** How often each file was sent to a hot folder once more, or may have been. */
  readonly again = new Map<number, number>();
  /** Things done, by their name. */
  readonly deeds = new Map<string, number>();
  doubts = 0;

  constructor(deps: OperatorDeps) {
    this.#deps = deps;
  }

  /** Works until `stop`. */
  async work(): Promise<void> {
    while (!this.#stopped) {
      const { link } = this.#deps.runner;
      if (link !== null) await this.#round(link.client).catch(() => undefined);
      await delay(restMs);
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  /** From now on only what brings every order to its end. */
  finish(): void {
    this.#finishing = true;
    this.#done.clear();
  }

  /** Orders of which there is still something to do. */
  openOrders(): readonly string[] {
    return this.#deps.coming.all
      .map(({ connection, externalId }) => `${connection}:${externalId}`)
      .filter((order) => !this.#done.has(order));
  }

  async #round(client: Client): Promise<void> {
    const { random, coming } = this.#deps;
    if (this.#finishing || random.next() < 0.1) await this.#settle(client);
    const open = coming.all.filter((order) => !this.#done.has(nameOf(order)));
    // The oldest first when it is to end; otherwise whatever catches the eye.
    const order = this.#finishing ? open[random.below(Math.min(open.length, 20))] : open[random.below(open.length)];
    if (order === undefined) return;
    const view = (await client.orders.get({ order: nameOf(order) })).order;
    if (this.#isFinished(view)) {
      this.#done.add(nameOf(order));
      return;
    }
    if (view.lane === 'own') await this.#workOn(client, view);
  }

  #isFinished(order: OrderView): boolean {
    if (order.lane !== 'own') return order.jobs.some(({ final }) => final);
    if (order.items.length === 0 || !order.items.every(isOver)) return false;
    return order.items.every((item) => item.signals.every(({ state }) => state === 'sent' || state === 'cancelled'));
  }

  async #workOn(client: Client, order: OrderView): Promise<void> {
    const { random } = this.#deps;
    for (const job of order.jobs) {
      if (job.state === 'failed' && job.actions.includes('resume') && job.replacedBy === null) {
        await this.#try('resume a job', client.jobs.command({ job: job.id, command: 'resume' }));
      }
    }
    for (const item of order.items) {
      if (isOver(item)) await this.#regret(client, item);
      else if (this.#finishing || random.next() < 0.7) await this.#workOnItem(client, order, item);
    }
  }

  async #workOnItem(client: Client, order: OrderView, item: ItemView): Promise<void> {
    const mind = this.#finishing ? 1 : this.#deps.random.next();
    if (item.held !== null) {
      if (mind > 0.3) await this.#try('resume', client.items.resume({ item: item.id }));
      return;
    }
    if (mind < 0.04)
      return void (await this.#try('hold', client.items.hold({ item: item.id, note: 'Ask the office' })));
    const lies = item.handovers.find((handover) => handover.undoable && handover.state === 'sent');
    if (lies !== undefined && mind < 0.3) {
      return void (await this.#try('undo a hand-over', client.hotFolders.undo({ handover: lies.id })));
    }
    switch (item.stage) {
      case 'pickedUp':
        if (mind < 0.08) return this.#reprint(client, item);
        if (mind < 0.12 && order.connection === 'cp')
          return this.#say(client, item, { kind: 'error', text: `Late ${item.id}`, delayHours: 4 });
        if (mind < 0.15) return this.#cancel(client, order, item);
        if (item.handovers.every(({ state }) => state === 'pickedUp' || state === 'undone')) {
          return this.#say(client, item, { kind: 'produced' });
        }
        return;
      case 'produced':
        return mind < 0.05 ? this.#reprint(client, item) : this.#say(client, item, { kind: 'packed' });
      case 'packed':
        return this.#ship(client, order);
      case 'printReady':
        return this.#release(client, order, item);
      case 'received':
      case 'registered':
      case 'fetching':
      case 'handedOver':
      case 'shipped':
      case 'cancelled':
        return;
    }
  }

  async #reprint(client: Client, item: ItemView): Promise<void> {
    await this.#try('reprint', client.items.reprint({ item: item.id, reason: 'A scratch' }));
  }

  async #cancel(client: Client, order: OrderView, item: ItemView): Promise<void> {
    if (order.connection !== 'cp') return;
    await this.#say(client, item, { kind: 'cancel', cause: 'CancelFilesCorrupt', text: `Stops the RIP ${item.id}` });
  }

  /** What was taken back or is made again goes to the hot folder once more. */
  async #release(client: Client, order: OrderView, item: ItemView): Promise<void> {
    const wanted = item.reprints.length > 0 || item.handovers.some(({ state }) => state === 'undone');
    const isOpen = item.handovers.some(({ state }) => !['pickedUp', 'undone'].includes(state));
    const hotFolder = hotFolderOf[order.connection];
    if (!wanted || isOpen || hotFolder === undefined) return;
    const refusal = await client.hotFolders.release({ item: item.id, hotFolder, again: true }).then(
      () => null,
      (error: unknown) => (error instanceof ContractError ? error.code : 'unknown'),
    );
    if (refusal !== null && refusal !== 'unreachable') return;
    this.#count('release');
    for (const { id } of item.files) this.again.set(id, (this.again.get(id) ?? 0) + 1);
  }

  async #say(client: Client, item: ItemView, signal: SignalRequest): Promise<void> {
    const { random, root, dataFolder } = this.#deps;
    if ((signal.kind === 'produced' || signal.kind === 'packed') && random.next() < 0.1) {
      const said = await startCommand({ root, dataFolder }, ['signal', String(item.id), signal.kind]).ended;
      if (said.exitCode === 0) this.#count('by the command line');
      return;
    }
    const said = await this.#try(signal.kind, client.items.signal({ item: item.id, signal }));
    if (said?.signal != null) this.#confirm(said.signal);
  }

  async #ship(client: Client, order: OrderView): Promise<void> {
    const open = order.items.filter((item) => !isOver(item));
    if (!open.every(({ stage }) => stage === 'packed')) return;
    const said = await this.#try(
      'ship',
      client.orders.ship({ order: order.id, tracking: `1Z-${order.externalId}-${Date.now()}` }),
    );
    for (const signal of said?.signals ?? []) this.#confirm(signal);
  }

  /** Now and then somebody takes back what was just said. */
  async #regret(client: Client, item: ItemView): Promise<void> {
    const waiting = item.signals.find(({ undoUntil }) => undoUntil !== null);
    if (this.#finishing || waiting === undefined || this.#deps.random.next() > 0.15) return;
    const { actions } = await client.actions.list({});
    const action = actions.find(({ items }) => items.some(({ id }) => id === item.id));
    if (action === undefined) return;
    const ofAction = new Set(action.items.map(({ id }) => id));
    const { signals } = await client.outbox.list({ states: ['queued'], limit: 1000 });
    for (const signal of signals) if (ofAction.has(signal.item)) this.undone.add(signal.id);
    await this.#try('undo', client.actions.undo({ id: action.id }));
  }

  /** Answers what a crash left open, and tries again what is a problem. */
  async #settle(client: Client): Promise<void> {
    const { rip, wasMade } = this.#deps;
    const { handovers } = await client.hotFolders.list({});
    for (const { id, hotFolder, fileName, state, orderId } of handovers) {
      if (state !== 'maybeSent') continue;
      const { order } = await client.orders.get({ order: orderId });
      const others = order.items
        .flatMap((item) => item.handovers)
        .filter((other) => other.id !== id && other.hotFolder === hotFolder && other.fileName === fileName);
      const known = others.filter((other) => other.state === 'pickedUp' || other.state === 'sent').length;
      const arrived = rip.countOf(hotFolder, fileName) > known;
      const settled = await this.#try(
        'answer a doubt',
        client.hotFolders.settle({ handover: id, outcome: arrived ? 'sent' : 'notSent' }),
      );
      if (settled !== null) this.doubts += 1;
    }
    await this.#try('retry files', client.files.retryProblems({}));
    await this.#try('retry signals', client.outbox.retryProblems({}));
    if (!this.#finishing) return;
    const { signals } = await client.outbox.list({ states: ['maybe'] });
    for (const signal of signals) {
      if (wasMade(signal.orderExternalId)) await this.#lookUp(client, signal.id);
      else await this.#try('produce after all', client.outbox.retry({ id: signal.id }));
    }
  }

  /** Now and then: whoever asks all the time leaves the budget nothing else. */
  async #lookUp(client: Client, id: number): Promise<void> {
    if (this.#deps.random.next() < 0.02) await this.#try('look up', client.outbox.lookUp({ id }));
  }

  #confirm(signal: OutboxView): void {
    this.confirmed.push({ signal: signal.id, item: signal.itemExternalId });
  }

  #count(deed: string): void {
    this.deeds.set(deed, (this.deeds.get(deed) ?? 0) + 1);
  }

  /** What came of it; null when it was refused, or nobody knows. */
  async #try<Answer>(deed: string, asked: Promise<Answer>): Promise<Answer | null> {
    try {
      const answer = await asked;
      this.#count(deed);
      return answer;
    } catch (error) {
      if (error instanceof ContractError) return null;
      throw error;
    }
  }
}

const nameOf = ({ connection, externalId }: ComingOrder): string => `${connection}:${externalId}`;
