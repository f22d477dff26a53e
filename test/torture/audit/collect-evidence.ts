import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { handoverState, outboxKind, outboxState, stage } from '../../../main/contract/values.ts';
import { md5Of } from '../../../main/training/files/file-content.ts';
import { documentFiles } from '../../sandbox/printess/result-files.ts';
import { integrityOf } from '../../support/scenario-database.ts';
import type { ComingOrders } from '../floor/coming-orders.ts';
import { earlierOrdersIn, isEarlier } from '../floor/earlier-orders.ts';
import type { Operator } from '../floor/operator.ts';
import type { TortureRip } from '../floor/rip.ts';
import type { Ways } from '../platforms/ways.ts';
import type { CommandEvidence, Evidence, FileEvidence } from './evidence.ts';

export interface EvidenceSources {
  readonly dataFolder: string;
  readonly backupFolders: readonly string[];
  readonly hotFolders: readonly string[];
  readonly ways: Ways;
  readonly coming: ComingOrders;
  readonly operator: Operator;
  readonly rip: TortureRip;
  readonly earlierOrders: number;
  readonly deaths: readonly string[];
  /** Databases beside the station's own, and what is wrong with them. */
  readonly otherDatabases: Evidence['databases'];
}

const flag = z.number().transform((value) => value === 1);
const orderRow = z.object({ connection: z.string(), order: z.string(), stage, items: z.number() });
const fileRow = z.object({
  id: z.number(),
  connection: z.string(),
  order: z.string(),
  name: z.string(),
  path: z.string(),
  state: z.string(),
  notedMd5: z.string().nullable(),
  excused: flag,
});
const handoverRow = z.object({
  id: z.number(),
  file: z.number(),
  folder: z.string(),
  name: z.string(),
  state: handoverState,
});
const words = z.object({ tracking: z.string().optional(), text: z.string().optional(), cause: z.string().optional() });
const signalRow = z.object({
  id: z.number(),
  item: z.string(),
  kind: outboxKind,
  name: z.string(),
  payload: z.string().transform((text) => words.parse(JSON.parse(text))),
  state: outboxState,
  mandatory: flag,
  replaced: flag,
});
const commandRow = z.object({ command: z.string(), subject: z.string(), state: outboxState, found: z.number() });
const jobRow = z.object({ order: z.string(), status: z.string() });

const rowsOf = <Row>(database: Database.Database, schema: z.ZodType<Row>, sql: string): readonly Row[] =>
  z.array(schema).parse(database.prepare(sql).all());

const md5OfFile = async (path: string): Promise<string | null> => {
  try {
    const hash = createHash('md5');
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    return hash.digest('hex');
  } catch {
    return null;
  }
};

/** What the platform sees of a signal, by its name and what only this one says. */
const wordsOf = (name: string, said: z.infer<typeof words>): string => {
  const own = name === 'ItemError' ? said.text : (said.tracking ?? said.cause);
  return own === undefined ? name : `${name} ${own}`;
};

const filesThere = async ({ ways, coming }: EvidenceSources): Promise<FileEvidence['there']> => {
  const { px } = ways.platforms;
  const connectionOf = new Map(coming.all.map(({ externalId, connection }) => [externalId, connection]));
  const announced = [...coming.md5sOf].flatMap(([order, md5s]) => {
    const connection = connectionOf.get(order) ?? '';
    return md5s.map((md5) => ({ connection, order, md5 }));
  });
  const rendered = [];
  for (const job of px.jobs().filter(({ end }) => end !== null && end.failure === null)) {
    for (const file of documentFiles(job)) {
      rendered.push({ connection: 'px', order: job.externalOrderId ?? '', md5: await md5Of(await file.make()) });
    }
  }
  return [...announced, ...rendered];
};

const commandsOf = (database: Database.Database, { ways }: EvidenceSources): readonly CommandEvidence[] => {
  const rows = rowsOf(
    database,
    commandRow,
    `SELECT outbox.kind AS command, state,
       EXISTS (SELECT 1 FROM attempts WHERE outbox_id = outbox.id AND outcome = 'found') AS found,
       CASE outbox.kind WHEN 'produce' THEN orders.external_id || ' ' || json_extract(payload_json, '$.template')
         ELSE (SELECT external_id FROM jobs WHERE jobs.id = outbox.job_id) END AS subject
     FROM outbox JOIN orders ON orders.id = outbox.order_id
     WHERE repeatable = 0 AND retried_as IS NULL AND state != 'cancelled' AND outbox.kind IN ('produce', 'resume', 'restart')`,
  );
  const { px, cc } = ways.platforms;
  const carriedOut = [
    ...px
      .jobs()
      .filter(({ origin }) => origin === 'Torture floor')
      .map((job) => `produce ${job.externalOrderId} ${job.templateName}`),
    ...(['resume', 'restart'] as const).flatMap((call) =>
      cc.carriedOut(call).map(({ project }) => `${call} ${project}`),
    ),
  ];
  const nonRepeatable = new Set(rows.map(({ command }) => command));
  const asked = Map.groupBy(rows, ({ command, subject }) => `${command} ${subject}`);
  const done = Map.groupBy(carriedOut, (name) => name);
  return [...new Set([...asked.keys(), ...done.keys()])].flatMap((name) => {
    const [command = '', ...subject] = name.split(' ');
    if (command !== 'produce' && !nonRepeatable.has(command)) return [];
    const its = asked.get(name) ?? [];
    return [
      {
        command,
        subject: subject.join(' '),
        asked: its.length,
        maybe: its.filter(({ state }) => state === 'maybe').length,
        // A job is not found unless it was made; a project that goes on is, whichever of two commands had it go on.
        reached: command === 'produce' ? 0 : its.filter(({ found }) => found === 1).length,
        carriedOut: done.get(name)?.length ?? 0,
      },
    ];
  });
};

const databasesOf = async (sources: EvidenceSources): Promise<Evidence['databases']> => {
  const found: { name: string; verdict: string }[] = [...sources.otherDatabases];
  found.push({ name: 'platen.db', verdict: integrityOf(sources.dataFolder) });
  for (const folder of sources.backupFolders) {
    for (const name of (await readdir(folder).catch(() => [])).filter((each) => each.endsWith('.db'))) {
      const backup = new Database(join(folder, name), { readonly: true });
      try {
        found.push({ name, verdict: String(backup.pragma('integrity_check', { simple: true })) });
      } finally {
        backup.close();
      }
    }
  }
  return found;
};

/** Reads what everybody knows, once the station is off and nothing moves any more. */
export const collectEvidence = async (sources: EvidenceSources): Promise<Evidence> => {
  const { dataFolder, ways, coming, operator, rip, hotFolders } = sources;
  const database = new Database(join(dataFolder, 'platen.db'), { readonly: true });
  try {
    const orders = rowsOf(
      database,
      orderRow,
      `SELECT connection_id AS connection, external_id AS "order", stage,
         (SELECT count(*) FROM items WHERE items.order_id = orders.id) AS items FROM orders`,
    ).filter(({ order }) => !isEarlier(order));
    const files = rowsOf(
      database,
      fileRow,
      `SELECT files.id, files.connection_id AS connection, orders.external_id AS "order", name, relative_path AS path, files.state,
         md5 AS notedMd5, (items.cancelled_at_ms IS NOT NULL OR files.deleted_at_ms IS NOT NULL) AS excused
       FROM files JOIN orders ON orders.id = files.order_id LEFT JOIN items ON items.id = files.item_id`,
    ).filter(({ order }) => !isEarlier(order));
    const signals = rowsOf(
      database,
      signalRow,
      `SELECT outbox.id, items.external_id AS item, outbox.kind, platform_name AS name, payload_json AS payload, state, mandatory,
         retried_as IS NOT NULL AS replaced
       FROM outbox JOIN items ON items.id = outbox.item_id WHERE outbox.connection_id = 'cp' ORDER BY item_id, place, outbox.id`,
    ).filter(({ item }) => !isEarlier(item));
    const jobs = rowsOf(
      database,
      jobRow,
      `SELECT external_id AS "order", status_text AS status FROM jobs WHERE connection_id = 'pa' AND external_id IS NOT NULL`,
    );
    const statuses = new Map(jobs.map(({ order, status }) => [order, status]));
    const filesHere = [];
    for (const { path, state, ...file } of files) {
      filesHere.push({ ...file, ready: state === 'ready', md5: await md5OfFile(join(dataFolder, 'files', path)) });
    }
    const fileIds = new Set(files.map(({ id }) => id));
    const leftovers = [];
    for (const folder of hotFolders) {
      for (const name of await readdir(folder)) if (name.startsWith('.platen-')) leftovers.push(join(folder, name));
    }
    return {
      orders: {
        there: coming.all.map(({ connection, externalId, items }) => ({
          connection,
          order: externalId,
          must: true,
          items,
        })),
        here: orders,
        earlier: { filled: sources.earlierOrders, left: earlierOrdersIn(database) },
        followed: coming.all
          .filter(({ connection }) => connection === 'pa')
          .map(({ connection, externalId: order }) => ({
            connection,
            order,
            there: ways.platforms.pa.order(order)?.status ?? '',
            here: statuses.get(order) ?? null,
          })),
      },
      files: { there: await filesThere(sources), here: filesHere },
      handovers: {
        rows: rowsOf(
          database,
          handoverRow,
          `SELECT id, file_id AS file, hot_folder_id AS folder, file_name AS name, state FROM handovers`,
        ).filter(({ file }) => fileIds.has(file)),
        taken: rip.taken,
        again: operator.again,
        leftovers,
      },
      signals: {
        rows: signals.map(({ name, payload, ...row }) => ({ ...row, words: wordsOf(name, payload) })),
        told: ways.platforms.cp.ledger
          .ofKind('signal')
          .filter(({ accepted }) => accepted)
          .map(({ item, type, body }) => ({ item, words: wordsOf(type, toldWords(type, body)) })),
        confirmed: operator.confirmed.map((each) => ({ ...each, undone: operator.undone.has(each.signal) })),
        registered: coming.all.flatMap(({ connection, itemIds }) => (connection === 'cp' ? itemIds : [])),
      },
      commands: commandsOf(database, sources),
      budgets: Object.entries(ways.budgets).map(([connection, { requests, perSeconds }]) => ({
        connection,
        requests,
        windowMs: perSeconds * 1000,
        momentsMs: ways.momentsMs(connectionName.parse(connection)),
      })),
      databases: await databasesOf(sources),
      deaths: sources.deaths,
    };
  } finally {
    database.close();
  }
};

const connectionName = z.enum(['cp', 'px', 'pa', 'cc']);
const toldBody = z.object({ tracking: z.string().optional(), cause: z.string().optional() });

/** In an ItemError the field `cause` is the text. */
const toldWords = (type: string, body: unknown): z.infer<typeof words> => {
  const { tracking, cause } = toldBody.parse(body);
  return type === 'ItemError' ? { text: cause } : { tracking, cause };
};
