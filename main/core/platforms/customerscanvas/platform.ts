import { OAuthClient } from '../oauth/oauth-client.ts';
import type { Platform } from '../platform.ts';
import { CanvasApi } from './api.ts';
import { checkJob } from './check.ts';
import { choicesFor } from './choices.ts';
import { CanvasCommands } from './commands.ts';
import { testConnection } from './connection-test.ts';
import { ResultsMemory } from './results-memory.ts';
import { type CustomersCanvasSettings, settingsFields, settingsSchema } from './settings.ts';
import { shopOrders } from './shop-orders.ts';
import type { FollowDeps } from './sight.ts';
import { StatusNames } from './status-names.ts';
import { sweepProjects } from './sweep.ts';

/**
 * Customer's Canvas Hub: the shop's orders become projects there, whose pipelines make the print files. Projects are
 * polled; nothing but the shop itself tells of them.
 */
export const createCustomersCanvas = (): Platform<CustomersCanvasSettings> => {
  const api = new CanvasApi(new OAuthClient());
  const deps: FollowDeps = { api, memory: new ResultsMemory(), statusNames: new StatusNames() };
  return {
    id: 'customerscanvas',
    name: 'Customer’s Canvas',
    settingsSchema,
    secretNames: ['clientSecret', 'backendToken', 'shopifySecret'],
    fields: settingsFields,
    cancelCauses: [],
    // No limit is published; the guide asks for a minute between two questions about one project.
    defaultBudget: { requests: 120, perSeconds: 60, concurrency: 4 },
    test: (way) => testConnection(api, way),
    choices: (way, field) => choicesFor(api, way, field),
    outgoing: new CanvasCommands(api),
    shopOrders,
    jobs: {
      lane: 'own',
      leastCheckEveryMs: 60_000,
      callbacksRetriedForMs: null,
      sweep: (way, question) => sweepProjects(deps, way, question),
      check: (way, job) => checkJob(deps, way, job),
      authorize: (way, url, fresh) => api.authorize(way, url, fresh),
    },
  };
};
