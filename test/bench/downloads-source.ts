import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** One file that the server offers. */
export interface BenchFile {
  readonly name: string;
  readonly url: string;
  readonly bytes: number;
  readonly md5: string;
}

export interface FileSource {
  readonly files: readonly BenchFile[];
  stop(): Promise<void>;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
};

/** Random bytes, so that nothing on the way can compress them; answers their MD5. */
const writeRandomFile = async (path: string, bytes: number): Promise<string> => {
  const hash = createHash('md5');
  const block = Buffer.alloc(1_000_000);
  const handle = await open(path, 'w');
  try {
    for (let written = 0; written < bytes; written += block.byteLength) {
      const chunk = randomFillSync(block).subarray(0, Math.min(block.byteLength, bytes - written));
      hash.update(chunk);
      await handle.write(chunk);
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
};

// Started as root, nginx would serve as another user, who may not look into a temp folder.
const ownUser = process.getuid?.() === 0 ? 'user root;' : '';

const nginxConfig = (folder: string, port: number): string => `
${ownUser}
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
worker_processes 2;
events { worker_connections 256; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  client_body_temp_path ${folder}/temp;
  proxy_temp_path ${folder}/temp;
  fastcgi_temp_path ${folder}/temp;
  uwsgi_temp_path ${folder}/temp;
  scgi_temp_path ${folder}/temp;
  server { listen 127.0.0.1:${port}; root ${folder}/www; }
}
`;

const isUp = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { method: 'HEAD' })).ok;
  } catch {
    return false;
  }
};

const stopServer = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await exited;
};

/** Random files of the same size behind an nginx of our own on the loopback. */
export const startFileSource = async (folder: string, count: number, bytes: number): Promise<FileSource> => {
  await mkdir(join(folder, 'www'), { recursive: true });
  await mkdir(join(folder, 'temp'));
  const port = await freePort();
  const files: BenchFile[] = [];
  for (let number = 1; number <= count; number += 1) {
    const name = `file-${number}.pdf`;
    const md5 = await writeRandomFile(join(folder, 'www', name), bytes);
    files.push({ name, url: `http://127.0.0.1:${port}/${name}`, bytes, md5 });
  }
  await writeFile(join(folder, 'nginx.conf'), nginxConfig(folder, port));
  const server = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
  });
  for (let tries = 0; tries < 100; tries += 1) {
    if (await isUp(files[0]?.url ?? '')) return { files, stop: () => stopServer(server) };
    await delay(50);
  }
  await stopServer(server);
  throw new Error('nginx does not answer');
};
