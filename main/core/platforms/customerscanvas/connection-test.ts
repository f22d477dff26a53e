import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { AccessToken } from '../oauth/token-answer.ts';
import { oneLine } from '../one-line.ts';
import type { TestStep } from '../platform.ts';
import { type Asked, type CanvasApi, type CanvasWay, infoUrl } from './api.ts';
import { readJson, wire } from './schema.ts';

const steps = {
  gateway: 'Gateway',
  token: stationLine('stepAccessToken'),
  scopes: 'Scopes',
  tenant: 'Tenant',
  storefront: 'Storefront',
  projects: 'Projects',
  artifacts: 'Artifacts',
} as const;

const passed = (step: string, detail: string): TestStep => ({ step, ok: true, detail: oneLine(detail) });
const missed = (step: string, detail: string): TestStep => ({ step, ok: false, detail: oneLine(detail) });

const stepOf = <Value>(step: string, asked: Asked<Value>, detail: (value: Value) => string): TestStep =>
  asked.kind === 'answer' ? passed(step, detail(asked.value)) : missed(step, asked.failure.message);

/** Without credentials: any answer proves name, connection and TLS. */
const reachGateway = async (way: CanvasWay): Promise<TestStep> => {
  const url = infoUrl(way.settings);
  const { host } = new URL(url);
  const result = await way.call({ method: 'GET', url });
  if (result.kind === 'noAnswer') return missed(steps.gateway, result.failure.message);
  const version = readJson(wire.info, result.answer.text)?.version;
  return passed(
    steps.gateway,
    version ? stationLine('reachedVersion', { host, version }) : stationLine('reached', { host }),
  );
};

/** What each scope is for; the full one of a pair includes the reading one. */
const neededScopes = [
  { anyOf: ['Projects_read', 'Projects_full'], use: 'to follow projects' },
  { anyOf: ['Projects_full'], use: 'to resume, restart and tag as done' },
  { anyOf: ['Artifacts_read', 'Artifacts_full'], use: 'to fetch files' },
] as const;

const scopesStep = ({ scopes }: AccessToken): TestStep => {
  if (scopes === null) return passed(steps.scopes, stationLine('scopesUntold'));
  const lacking = neededScopes.filter(({ anyOf }) => !anyOf.some((scope) => scopes.includes(scope)));
  if (lacking.length === 0) return passed(steps.scopes, scopes.join(', '));
  const missing = lacking.map(({ anyOf, use }) => `${anyOf[0]} (${use})`).join(', ');
  return missed(steps.scopes, stationLine('scopesLacking', { scopes: missing }));
};

const storefrontStep = async (api: CanvasApi, way: CanvasWay): Promise<TestStep> => {
  const { storefrontId } = way.settings;
  if (storefrontId === null) return missed(steps.storefront, stationLine('noneChosen'));
  const asked = await api.storefronts(way);
  // The scope for this list is not published; the projects below prove the storefront as well.
  if (asked.kind !== 'answer')
    return passed(steps.storefront, stationLine('notTried', { cause: asked.failure.message }));
  const { items } = asked.value;
  const ours = items.find(({ id }) => id === String(storefrontId));
  if (ours !== undefined) return passed(steps.storefront, `${storefrontId}: ${ours.name} (${ours.type})`);
  const others = items.map(({ id, name }) => `${id} ${name}`).join(', ') || 'none';
  return missed(steps.storefront, stationLine('storefrontOther', { storefront: String(storefrontId), others }));
};

const tenantStep = async (api: CanvasApi, way: CanvasWay): Promise<TestStep> => {
  const asked = await api.tenant(way);
  if (asked.kind === 'answer') return passed(steps.tenant, asked.value.tenancyName || stationLine('tenantUnnamed'));
  const isScope = asked.failure.httpStatus === 403;
  return isScope ? passed(steps.tenant, stationLine('tenantHidden')) : missed(steps.tenant, asked.failure.message);
};

/** Tries each thing that the station will need, from the network up to the scopes, without changing anything. */
export const testConnection = async (api: CanvasApi, way: CanvasWay): Promise<readonly TestStep[]> => {
  const gateway = await reachGateway(way);
  const answer = await api.freshToken(way);
  if (answer.kind === 'failed') return [gateway, missed(steps.token, answer.failure.message)];
  const { token } = answer;
  const minutes = Math.max(1, Math.round(token.lifetimeSeconds / 60));
  const projects = await api.projects(way, { take: 1 });
  return [
    gateway,
    passed(steps.token, stationLine('tokenGiven', { host: new URL(way.settings.tokenUrl).host, minutes })),
    scopesStep(token),
    await tenantStep(api, way),
    await storefrontStep(api, way),
    stepOf(steps.projects, projects, ({ total, listed }) => stationLine('projectsThere', { count: total ?? listed })),
    stepOf(steps.artifacts, await api.artifacts(way, '', 1), () => stationLine('canBeRead')),
  ];
};
