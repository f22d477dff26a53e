import { startAttack } from '../support/intake-attack.ts';

/** Attacks the intake at the URL it is given, in a process of its own, until its standard input ends; then it reports. */
const [url = '', connections = '10000', garbagePerSecond = '1000'] = process.argv.slice(2);
const attack = startAttack({
  url: new URL(url),
  connections: Number(connections),
  openedAtOnce: 1_000,
  endless: 300,
  garbagePerSecond: Number(garbagePerSecond),
});
process.stdin.resume().once('end', () => {
  process.stdout.write(`${JSON.stringify(attack.stop())}\n`, () => process.exit(0));
});
