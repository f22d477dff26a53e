import fc from 'fast-check';
import { openCanvasScene } from '../answers/canvas-scene.ts';
import { openCloudprinterScene } from '../answers/cloudprinter-scene.ts';
import { damagedAnswer } from '../answers/damaged-answer.ts';
import { insistOutcome } from '../answers/insist-outcome.ts';
import { openPrintApiScene } from '../answers/printapi-scene.ts';
import { openPrintessScene } from '../answers/printess-scene.ts';
import type { Damaged } from '../answers/recorded-answer.ts';
import { idsOf, type Rehearsed, type RehearsedScene, rehearse } from '../answers/rehearsed-scene.ts';
import { openTakeIn } from '../answers/take-in.ts';
import { type FuzzTarget, insist, openFuzz } from '../fuzz-target.ts';

const scenes = [openPrintessScene, openPrintApiScene, openCanvasScene, openCloudprinterScene];

/** An act of a scene, by their places, with one or two of its answers damaged. */
interface Input {
  readonly scene: number;
  readonly act: number;
  readonly damaged: readonly (readonly [place: number, damaged: Damaged])[];
}

/** What tells of jobs has more to go wrong, and comes more often. */
const inputsOf = (scene: number, { acts }: RehearsedScene): readonly fc.WeightedArbitrary<Input>[] =>
  acts.flatMap(({ exchanges, told }, act) => {
    if (exchanges.length === 0) return [];
    const places = exchanges.map(({ answer }, place) => fc.tuple(fc.constant(place), damagedAnswer(answer)));
    const arbitrary = fc.record({
      scene: fc.constant(scene),
      act: fc.constant(act),
      damaged: fc.array(fc.oneof(...places), { minLength: 1, maxLength: 2 }),
    });
    return [{ weight: 1 + told.length, arbitrary }];
  });

/**
 * What the platforms' sandboxes answer, damaged on its way: the station has an answer or a failure with its class and
 * one line, stores what it was told, and with the next sound answers knows all that there is to know.
 */
export const platformAnswers: FuzzTarget = {
  name: 'platform answers',
  runsInTests: 80,
  open: async (folder) => {
    const rehearsed: RehearsedScene[] = [];
    for (const scene of scenes) rehearsed.push(await rehearse(() => scene(folder)));
    const takeIn = await openTakeIn(folder);

    const feed = async (scene: RehearsedScene, act: Rehearsed, damaged: ReadonlyMap<number, Damaged>) => {
      const stage = scene.newStage();
      const outcome = await scene.perform(stage, act, damaged, null);
      insistOutcome(outcome, scene.secrets);
      if (outcome.sightings.length > 0) await takeIn.try(stage, outcome);
      const after = await scene.perform(stage, act, new Map(), outcome.cursor);
      insist(after.well, `sound answers go wrong afterwards: ${JSON.stringify(after).slice(0, 500)}`);
      const again = new Set(idsOf(after));
      const heard = new Set([...again, ...idsOf(outcome)]);
      const missing = [
        ...act.told.filter((id) => !heard.has(id)),
        ...(outcome.well ? act.toldAgain.filter((id) => !again.has(id)) : []),
      ];
      insist(missing.length === 0, `not heard of any more: ${missing.join(', ')}`);
    };

    return openFuzz(
      fc.oneof(...rehearsed.flatMap((scene, at) => inputsOf(at, scene))),
      async ({ scene: at, act, damaged }) => {
        const scene = rehearsed[at];
        const played = scene?.acts[act];
        if (scene === undefined || played === undefined) throw new Error('there is no such act');
        try {
          await feed(scene, played, new Map(damaged));
        } catch (error) {
          throw new Error(`${played.act.name}: ${error instanceof Error ? error.message : ''}`, { cause: error });
        }
      },
      async () => {
        await takeIn.close();
        await Promise.all(rehearsed.map((scene) => scene.close()));
      },
    );
  },
};
