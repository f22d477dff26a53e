import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChannelState } from '../../../../main/contract/values.ts';
import { wordsFor } from '../../../../main/hosts/electron/desktop-words.ts';
import { followStation } from '../../../../main/hosts/electron/follow-station.ts';
import { trayImages } from '../../../../main/hosts/electron/images.ts';
import { createTray, type StationTray } from '../../../../main/hosts/electron/tray.ts';
import { type TrayFacts, type TrayState, trayStateOf } from '../../../../main/hosts/electron/tray-state.ts';
import { languages } from '../../../../renderer/i18n/languages.ts';
import { fakeElectron, resetElectron } from '../../../support/electron-fake.ts';
import { createFakeStation, stationView } from '../../../support/electron-station.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

vi.mock('electron', async () => (await import('../../../support/electron-fake.ts')).electronModule);

beforeEach(() => resetElectron());

const notice = (level: 'info' | 'attention' | 'alarm') => ({
  id: 1,
  at: '2026-03-02T08:00:00.000Z',
  level,
  code: 'x',
  detail: {},
  text: 'x',
});
const counted = (counts: object) => stationView({ counts: { ...stationView().counts, ...counts } });

const nowMs = Date.parse('2026-03-02T08:00:00Z');
const connection = (state: ChannelState, sinceMs = 0): TrayFacts['connections'][number] => ({
  state,
  channels: [{ state, since: new Date(nowMs - sinceMs).toISOString() }],
});
const waitingFor = (minutes: number) => connection('waiting', minutes * 60_000);

describe('the state that the tray shows', () => {
  test.each<[string, TrayState, ReturnType<typeof stationView>, TrayFacts['connections']]>([
    ['nothing is wrong', 'allRight', stationView(), []],
    ['a channel waits by itself', 'allRight', stationView(), [waitingFor(4)]],
    ['a channel has waited for five minutes', 'cutOff', stationView(), [waitingFor(5)]],
    ['a person paused a connection', 'allRight', stationView(), [connection('paused')]],
    ['there is only news', 'allRight', stationView({ notices: [notice('info')] }), []],
    ['an order is a problem', 'attention', counted({ problemOrders: 1 }), []],
    ['a file is a problem', 'attention', counted({ problemFiles: 1 }), []],
    ['a signal is a problem', 'attention', counted({ problemSignals: 1 }), []],
    ['a job is a problem', 'attention', counted({ problemJobs: 1 }), []],
    ['a notice asks for attention', 'attention', stationView({ notices: [notice('attention')] }), []],
    ['a platform refuses us', 'cutOff', stationView(), [connection('open'), connection('alarm')]],
    ['a notice is an alarm', 'attention', stationView({ notices: [notice('attention'), notice('alarm')] }), []],
    [
      'the intake cannot listen',
      'cutOff',
      stationView({ intake: { state: 'problem', url: null, publicUrl: null, problem: 'port taken' } }),
      [],
    ],
  ])('when %s is "%s"', (_when, state, station, connections) => {
    expect(trayStateOf({ station, connections, nowMs })).toBe(state);
  });
});

describe('the tray', () => {
  const words = wordsFor('en-US');
  const open = (deps: { onOpen?: () => void; onQuit?: () => void } = {}): StationTray =>
    createTray({ words, onOpen: deps.onOpen ?? (() => undefined), onQuit: deps.onQuit ?? (() => undefined) });

  test('shows each state by a picture of its own and in words', () => {
    const tray = open();
    const [fake] = fakeElectron.trays;
    const seen = (['attention', 'cutOff', 'allRight'] as const).map((state) => {
      tray.show(state);
      return [fake?.image.dataUrl, fake?.toolTip];
    });
    expect(seen).toEqual([
      [trayImages.attention[0], words.attention],
      [trayImages.cutOff[0], words.cutOff],
      [trayImages.allRight[0], words.allRight],
    ]);
    expect(new Set(seen.map(([image]) => image)).size).toBe(3);
  });

  test('opens the window by its menu and by a click, and quits by its menu', () => {
    const done: string[] = [];
    open({ onOpen: () => done.push('open'), onQuit: () => done.push('quit') });
    const [fake] = fakeElectron.trays;
    for (const item of fake?.menu ?? []) item.click?.();
    fake?.emit('click');
    expect(fake?.menu.map((item) => item.label ?? item.type)).toEqual([
      words.allRight,
      'separator',
      'Open Platen',
      'separator',
      'Quit',
    ]);
    expect(done).toEqual(['open', 'quit', 'open']);
  });

  test('speaks another language at once, in its menu, too, whatever state it shows', () => {
    const tray = open();
    const [fake] = fakeElectron.trays;
    tray.show('cutOff');
    const german = wordsFor('de-AT');
    tray.speak(german);
    expect(fake?.toolTip).toBe(german.cutOff);
    expect(fake?.menu.flatMap(({ label }) => label ?? [])).toEqual([german.cutOff, german.open, german.quit]);
    expect(fake?.menu[0]?.enabled).toBe(false);
    tray.show('attention');
    expect(fake?.toolTip).toBe(german.attention);
  });

  test('follows the station: its state at the start and every change after', async () => {
    const station = createFakeStation();
    const shown: TrayState[] = [];
    await followStation(station, createFakeClock(), (state) => shown.push(state));
    const mark = { epoch: 'e', revision: 2 };
    station.emit('station.changed', { ...mark, station: counted({ problemFiles: 2 }) });
    station.emit('station.changed', { ...mark, station: stationView() });
    expect(shown).toEqual(['allRight', 'attention', 'allRight']);
  });

  test('speaks the language of the screens where it knows it, else English', () => {
    expect(wordsFor('de-CH').quit).toBe('Beenden');
    expect(wordsFor('nl').open).toBe('Platen openen');
    expect(wordsFor('pt-BR')).toEqual(wordsFor('en'));
    expect(new Set(languages.map((language) => wordsFor(language).open)).size).toBe(languages.length);
  });
});
