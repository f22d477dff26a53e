// Only what every Node can load may be imported statically here: an older one must get as far as the line below.
const neededMajor = 24;
/** How long what is still open may keep the process after the command has ended. */
const exitGraceMs = 2000;

if (Number(process.versions.node.split('.', 1)[0]) < neededMajor) {
  process.stderr.write(`platen: needs Node ${neededMajor} or newer, this is ${process.versions.node}\n`);
  process.exitCode = 1;
} else {
  // A reader that has had enough, such as `head`, is no failure.
  process.stdout.on('error', () => process.exit(0));
  const { processIo } = await import('./commands/process-io.ts');
  const { runCommand } = await import('./commands/run-command.ts');
  const io = processIo(import.meta.dirname, async (deps) => (await import('./core/station.ts')).createStation(deps));
  process.exitCode = await runCommand(process.argv.slice(2), io);
  setTimeout(() => process.exit(), exitGraceMs).unref();
}
