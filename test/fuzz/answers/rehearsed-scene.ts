import { createConnectionAgents } from '../../../main/core/platforms/http/connection-agents.ts';
import { platformCall } from '../../../main/core/platforms/http/platform-call.ts';
import { createPlatforms } from '../../../main/core/platforms/platforms.ts';
import { insist } from '../fuzz-target.ts';
import type { Act, ActOutcome, Stage } from './acts.ts';
import { type AnswerPlayer, createAnswerPlayer } from './answer-player.ts';
import type { Damaged, Exchange } from './recorded-answer.ts';
import { type Scene, sceneNowMs } from './scene.ts';

/** An act whose answers were recorded. */
export interface Rehearsed {
  readonly act: Act;
  readonly exchanges: readonly Exchange[];
  /** The jobs that it tells of, and those that it tells of again when it goes on from there. */
  readonly told: readonly string[];
  readonly toldAgain: readonly string[];
}

export interface RehearsedScene {
  readonly secrets: readonly string[];
  readonly acts: readonly Rehearsed[];
  /** A platform that remembers nothing. */
  newStage(): Stage;
  /** The act with these answers damaged, over connections of its own. */
  perform(
    stage: Stage,
    rehearsed: Pick<Rehearsed, 'act' | 'exchanges'>,
    damaged: ReadonlyMap<number, Damaged>,
    cursor: string | null,
  ): Promise<ActOutcome>;
  close(): Promise<void>;
}

/** Nothing that is recorded needs a tenth of it. */
const mostCalls = 500;
const timeouts = { connect: 10_000, response: 10_000, whole: 20_000 };

export const idsOf = ({ sightings }: ActOutcome): readonly string[] => sightings.map(({ externalId }) => externalId);

const platformOf = (id: string) => {
  const platform = createPlatforms().find((each) => each.id === id);
  if (platform === undefined) throw new Error(`there is no platform ${id}`);
  return platform;
};

/** Goes through the scene with its sandbox once, and ends that: from then on its answers are played. */
export const rehearse = async (open: () => Promise<Scene>): Promise<RehearsedScene> => {
  const scene = await open();
  const player: AnswerPlayer = await createAnswerPlayer(scene.addresses);
  const secrets = Object.values(scene.secrets);
  const abort = new AbortController().signal;
  const agents = { current: createConnectionAgents() };
  let calls = 0;

  const newStage = (): Stage => {
    const platform = platformOf(scene.platform);
    const settings = platform.settingsSchema.parse(JSON.parse(player.readdressed(JSON.stringify(scene.settings))));
    return {
      platform,
      way: {
        connectionId: 'shop',
        settings,
        secret: (name) => scene.secrets[name] ?? null,
        nowMs: () => sceneNowMs,
        elapsedMs: () => 0,
        abort,
        call: (request) => {
          calls += 1;
          insist(calls <= mostCalls, 'asks without end');
          return platformCall(request, {
            agents: agents.current,
            abort,
            timeouts,
            secrets,
            nowMs: () => sceneNowMs,
            acquire: async () => ({ release: () => undefined }),
          });
        },
      },
    };
  };

  const recorded: Pick<Rehearsed, 'act' | 'exchanges'>[] = [];
  for (const act of scene.acts) {
    const exchanges = await player.record(async () => void soundly(act, await act.perform(newStage(), null)));
    recorded.push({ act, exchanges });
  }
  await scene.stop();

  const perform: RehearsedScene['perform'] = async (stage, { act, exchanges }, damaged, cursor) => {
    calls = 0;
    player.play(exchanges, damaged);
    // A connection that a damaged answer has closed says nothing of the next one.
    agents.current = createConnectionAgents();
    try {
      return await act.perform(stage, cursor);
    } finally {
      agents.current.http.destroy();
      agents.current.https.destroy();
    }
  };

  const acts: Rehearsed[] = [];
  for (const each of recorded) {
    const stage = newStage();
    const first = soundly(each.act, await perform(stage, each, new Map(), null));
    const second = soundly(each.act, await perform(stage, each, new Map(), first.cursor));
    acts.push({ ...each, told: idsOf(first), toldAgain: idsOf(second) });
  }
  return { secrets, acts, newStage, perform, close: () => player.stop() };
};

const soundly = ({ name }: Act, outcome: ActOutcome): ActOutcome => {
  if (!outcome.well) throw new Error(`${name} goes wrong with sound answers: ${JSON.stringify(outcome)}`);
  return outcome;
};
