import { z } from 'zod';
import { processIo } from '../../../main/commands/process-io.ts';
import { runCommand } from '../../../main/commands/run-command.ts';
import { createStation } from '../../../main/core/station.ts';
import { clockCourse, createTurnedClock } from './turned-clock.ts';

/** `platen` as it is, but by a clock that the harness turns, and with less patience: a run has no minute to wait for an answer. */
const impatience = { connect: 1_500, response: 2_500, whole: 6_000 };
const newCourse = z.object({ course: clockCourse });

let course = clockCourse.parse(JSON.parse(process.env.TORTURE_CLOCK ?? ''));
process.on('message', (message) => {
  course = newCourse.parse(message).course;
});
process.channel?.unref();

const clock = createTurnedClock(() => course);
const io = processIo(import.meta.dirname, (deps) => createStation({ ...deps, timeouts: impatience }));
process.exitCode = await runCommand(process.argv.slice(2), { ...io, clock });
setTimeout(() => process.exit(), 1_000).unref();
