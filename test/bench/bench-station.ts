import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectToStation, type StationLink } from '../../main/commands/station-link.ts';

const root = join(import.meta.dirname, '..', '..');
export const benchOrderKey = 'bench-order-key';

/** A Cloudprinter connection of a bench. Its budget is not what is measured. */
export const benchConnection = (id: string, signalUrl: string) => ({
  id,
  platform: 'cloudprinter',
  orderKey: benchOrderKey,
  signalKey: 'bench-signal-key',
  signalUrl,
  allowPrivateAddresses: true,
  rate: { requests: 1_000_000, perSeconds: 1 },
});

export interface BenchStation {
  readonly link: StationLink;
  readonly intakeUrl: string;
  readonly process: ChildProcess;
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts the built station in a process and a folder of its own, with one Cloudprinter connection named `cp`. */
export const startBenchStation = async (signalUrl: string): Promise<BenchStation> => {
  const folder = await mkdtemp(join(tmpdir(), 'platen-bench-'));
  const config = {
    intake: { host: '127.0.0.1', port: 0 },
    signals: { undoSeconds: 0 },
    connections: [benchConnection('cp', signalUrl)],
  };
  const configPath = join(folder, 'platen.json');
  await writeFile(configPath, JSON.stringify(config));
  const data = join(folder, 'data');
  const child = spawn(
    process.execPath,
    [join(root, 'out', 'main', 'cli.js'), 'serve', '--data', data, '--config', configPath, '--no-ui'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  const link = await connectToStation(data);
  const { connections } = await link.client.connections.list({});
  const intakeUrl = connections[0]?.intakeUrl;
  if (intakeUrl == null) throw new Error('the intake does not listen');
  return {
    link,
    intakeUrl,
    process: child,
    folder,
    stop: async () => {
      link.close();
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
