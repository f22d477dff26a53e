import type { Handlers } from '../../contract/contract.ts';
import { ContractError } from '../../contract/failure.ts';
import type { JobView } from '../../contract/job-view.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { LiveConnection } from '../connections/connection-directory.ts';
import { handOverOrders } from '../jobs/hand-over-orders.ts';
import { checkJob, commandJob, requireJob } from '../jobs/job-commands.ts';
import type { JobRow } from '../jobs/job-rows.ts';
import { isFinalState } from '../jobs/job-timing.ts';
import { ordersOfLines } from '../jobs/orders-of-lines.ts';
import { resolveOrder } from '../store/references.ts';
import { jobsById, jobsOfOrders, listJobs } from '../views/job-views.ts';
import { signalsById } from '../views/outbox-views.ts';
import type { StationParts } from './station-parts.ts';

const readJob = async (parts: StationParts, id: number): Promise<JobView> => {
  const [job] = await jobsById(parts.store.read, [id], parts.jobViewDeps());
  if (job === undefined) throw new ContractError('notFound', `there is no job ${id}`);
  return job;
};

const connectionOf = (parts: StationParts, job: JobRow): LiveConnection => parts.requireConnection(job.connectionId);

export const createJobHandlers = (parts: StationParts): Handlers['jobs'] => {
  const { store, clock } = parts;

  const readSignal = async (id: number) => {
    const [signal] = await signalsById(store.read, [id], clock.nowMs());
    if (signal === undefined) throw new ContractError('notFound', `there is no signal ${id}`);
    return signal;
  };

  return {
    list: async (page) => ({
      ...parts.snapshotMark(),
      ...(await listJobs(store.read, page, parts.jobViewDeps())),
    }),
    produce: async ({ connection: id, lines, again }, { by }) => {
      const connection = parts.requireConnection(id);
      const { platform, settings } = connection;
      if (platform.outgoing?.kinds(settings).includes('produce') !== true) {
        throw new ContractError('conflict', `${platform.name} produces nothing on request`);
      }
      const handed = await store.write((transaction) =>
        handOverOrders(transaction, parts.jobContextOf(connection), ordersOfLines(lines), {
          by,
          whenKnown: again ? 'again' : 'refuse',
        }),
      );
      parts.outbox.poke();
      const commandIds = handed.flatMap((order) => order.commandIds);
      return {
        orders: handed.map(({ orderId, externalId }) => ({ orderId, externalId })),
        signals: await signalsById(store.read, commandIds, clock.nowMs()),
      };
    },
    check: async ({ job: id }) => {
      await store.write(async (transaction) => {
        const job = await requireJob(transaction, id);
        const connection = connectionOf(parts, job);
        if (!(await checkJob(transaction, { connection, nowMs: clock.nowMs() }, job))) {
          throw new ContractError('conflict', stationLine('jobUnconfirmed'));
        }
      });
      parts.pokeAll();
      return { job: await readJob(parts, id) };
    },
    checkOrder: async ({ order: reference }) => {
      const orderId = await resolveOrder(store.read, reference);
      const open = (await jobsOfOrders(store.read, [orderId], parts.jobViewDeps())).filter(
        ({ state, externalId }) => !isFinalState(state) && externalId !== null,
      );
      if (open.length > 0) {
        await store.write(async (transaction) => {
          for (const { id } of open) {
            const job = await requireJob(transaction, id);
            await checkJob(transaction, { connection: connectionOf(parts, job), nowMs: clock.nowMs() }, job);
          }
        });
        parts.pokeAll();
      }
      return { jobs: await jobsOfOrders(store.read, [orderId], parts.jobViewDeps()) };
    },
    command: async ({ job: id, command }, { by }) => {
      const signalId = await store.write(async (transaction) => {
        const job = await requireJob(transaction, id);
        const connection = connectionOf(parts, job);
        return commandJob(transaction, { connection, nowMs: clock.nowMs() }, job, command, by);
      });
      parts.outbox.poke();
      return { signal: await readSignal(signalId) };
    },
  };
};
