import type { Page } from 'playwright-core';
import { type Client, contract } from '../../../main/contract/contract.ts';
import type { CallDefinition } from '../../../main/contract/define.ts';
import { ContractError } from '../../../main/contract/failure.ts';
import { readMessage, stationMessage } from '../../../main/contract/messages.ts';
import type { DesktopBridge } from '../../../main/contract/wire.ts';

declare global {
  interface Window {
    readonly platen?: DesktopBridge;
  }
}

/** Far above the ids of the page's own client, so that each hears only its own answers. */
let lastId = 1_000_000;

const askFromPage = (page: Page, id: number, message: string): Promise<string> =>
  page.evaluate(
    ([wanted, text]) =>
      new Promise<string>((resolve, reject) => {
        const bridge = window.platen;
        if (bridge === undefined) return reject(new Error('the page has no bridge'));
        const off = bridge.onMessage((answer) => {
          const parsed: unknown = JSON.parse(answer);
          if (typeof parsed !== 'object' || parsed === null || Reflect.get(parsed, 'id') !== wanted) return;
          off();
          resolve(answer);
        });
        bridge.send(text);
      }),
    [id, message] as const,
  );

const callFromPage = async (page: Page, call: string, definition: CallDefinition, input: unknown): Promise<unknown> => {
  lastId += 1;
  const text = await askFromPage(page, lastId, JSON.stringify({ type: 'call', id: lastId, call, input }));
  const answer = readMessage(stationMessage, text);
  if (answer?.type === 'failure') throw ContractError.from(answer.failure);
  if (answer?.type !== 'result') throw new Error(`no answer of the contract: ${text}`);
  return definition.output.parse(answer.output);
};

/** The contract's calls, each made from inside the page through the bridge that the preload gave it. */
export const pageClient = (page: Page): Client => {
  const groups = Object.entries(contract).map(([group, members]) => {
    const calls = Object.entries(members).flatMap(([name, definition]) =>
      definition.type === 'call'
        ? [[name, (input: unknown) => callFromPage(page, `${group}.${name}`, definition, input)] as const]
        : [],
    );
    return [group, Object.fromEntries(calls)] as const;
  });
  // The face is computed from the very object that its type is computed from.
  return Object.fromEntries(groups) as unknown as Client;
};
