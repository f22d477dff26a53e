import type { ChoicesOutcome, SettingChoice } from '../platform.ts';
import type { CanvasApi, CanvasWay } from './api.ts';
import type { WireTransition } from './schema.ts';

const pipelineWarning =
  'A change of status can start a pipeline at Customer’s Canvas, with paid steps, when an integration is set up so: ask whoever set it up before you choose one. Without a choice nothing is changed there.';

const storefrontChoices = async (api: CanvasApi, way: CanvasWay): Promise<ChoicesOutcome> => {
  const asked = await api.storefronts(way);
  if (asked.kind !== 'answer') return { kind: 'failed', failure: asked.failure };
  const choices = asked.value.items.map(({ id, name, type }) => ({
    value: id,
    text: `${name || 'without a name'} (${[type, id].filter((part) => part !== '').join(', ')})`,
  }));
  return { kind: 'choices', choices, note: null };
};

/** Several transitions of one name, from different statuses, are one choice. */
const transitionChoices = async (api: CanvasApi, way: CanvasWay): Promise<ChoicesOutcome> => {
  const [transitions, statuses] = [await api.transitions(way), await api.statuses(way)];
  if (transitions.kind !== 'answer') return { kind: 'failed', failure: transitions.failure };
  const names = new Map(
    statuses.kind === 'answer' ? statuses.value.items.map((each) => [each.code, each.displayName]) : [],
  );
  const nameOf = (code: number | null): string => (code === null ? 'any' : names.get(code) || String(code));
  const wayOf = ({ startStatus, resultStatus }: WireTransition): string =>
    `${nameOf(startStatus)} → ${nameOf(resultStatus)}`;
  const choices: SettingChoice[] = [...Map.groupBy(transitions.value.items, ({ name }) => name)].map(
    ([value, same]) => ({
      value,
      text: `${same[0]?.displayName || value} (${same.map(wayOf).join(', ')})`,
    }),
  );
  return { kind: 'choices', choices, note: pipelineWarning };
};

/** What the tenant offers for a setting now. */
export const choicesFor = (api: CanvasApi, way: CanvasWay, field: string): Promise<ChoicesOutcome> => {
  if (field === 'storefrontId') return storefrontChoices(api, way);
  if (field === 'doneTransition') return transitionChoices(api, way);
  return Promise.resolve({ kind: 'choices', choices: [], note: null });
};
