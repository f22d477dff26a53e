import { describe, expect, test } from 'vitest';
import { causesOf } from '../../../../renderer/stores/alert-causes.ts';
import {
  type AlertEvent,
  alertStep,
  type Causes,
  firstAlertState,
  standingOf,
  unseenCauses,
} from '../../../../renderer/stores/alert-policy.ts';
import { sampleStation } from '../../../contract/stand-in/sample-views.ts';

/** A workstation with a clock that a test turns, and what was heard there: `12 attention` after twelve seconds. */
const createWorkstation = () => {
  let nowMs = 0;
  let state = firstAlertState;
  let wakeAtMs: number | null = null;
  const heard: string[] = [];
  const news: string[] = [];
  const take = (event: AlertEvent): void => {
    const step = alertStep(state, event, nowMs);
    ({ state, wakeAtMs } = step);
    if (step.sound !== null) heard.push(`${nowMs / 1000} ${step.sound}`);
    if (step.news !== null) news.push(`${nowMs / 1000} ${step.news}`);
  };
  return {
    heard,
    news,
    standing: () => standingOf(state),
    unseen: () => unseenCauses(state),
    station: (causes: Causes) => take({ kind: 'causes', causes }),
    link: (lost: boolean) => take({ kind: 'link', lost }),
    scan: (sound: 'goodScan' | 'wrongItem') => take({ kind: 'scanned', sound }),
    acknowledge: () => {
      const standing = standingOf(state);
      if (standing !== null) take({ kind: 'acknowledged', standing });
    },
    wait: (seconds: number) => {
      const untilMs = nowMs + seconds * 1000;
      while (wakeAtMs !== null && wakeAtMs <= untilMs) {
        nowMs = Math.max(nowMs, wakeAtMs);
        take({ kind: 'time' });
      }
      nowMs = untilMs;
    },
  };
};

/** One at which nothing is wrong. */
const quietWorkstation = () => {
  const workstation = createWorkstation();
  workstation.station({});
  return workstation;
};

describe('attention', () => {
  test('is heard at once for a new problem, and every 30 seconds until somebody acknowledges it', () => {
    const at = quietWorkstation();
    at.wait(10);
    at.station({ problemOrders: 1 });
    expect(at.standing()).toBe('attention');
    at.wait(65);
    at.acknowledge();
    at.wait(600);
    expect(at.heard).toEqual(['10 attention', '40 attention', '70 attention']);
    expect(at.news, 'the repeats are no news').toEqual(['10 attention']);
    expect(at.standing()).toBeNull();
  });

  test('ends by itself when the problem is over', () => {
    const at = quietWorkstation();
    at.station({ problemOrders: 1 });
    at.wait(5);
    at.station({ problemOrders: 0 });
    at.wait(600);
    expect(at.heard).toEqual(['0 attention']);
    expect(at.standing()).toBeNull();
  });

  test('is not heard for what stood there when the screen was opened, only for what is more', () => {
    const at = createWorkstation();
    at.station({ problemOrders: 3, 'notice 7': 1 });
    at.wait(60);
    expect(at.heard).toEqual([]);
    at.station({ problemOrders: 4, 'notice 7': 1 });
    expect(at.heard).toEqual(['60 attention']);
    expect(at.unseen()).toEqual({ problemOrders: 1 });
  });

  test('is heard again for what comes after somebody has acknowledged the first, and for the same once more', () => {
    const at = quietWorkstation();
    at.station({ problemFiles: 1 });
    at.acknowledge();
    at.wait(10);
    at.station({ problemFiles: 1, 'notice 3': 1 });
    at.acknowledge();
    at.wait(10);
    at.station({ 'notice 3': 1 });
    at.wait(10);
    at.station({ problemFiles: 1, 'notice 3': 1 });
    expect(at.heard).toEqual(['0 attention', '10 attention', '30 attention']);
  });

  test('of a burst of problems is one sound, and one more for those that came meanwhile', () => {
    const at = quietWorkstation();
    for (let problemFiles = 1; problemFiles <= 20; problemFiles += 1) {
      at.station({ problemFiles });
      at.wait(0.1);
    }
    at.wait(20);
    expect(at.heard).toEqual(['0 attention', '5 attention']);
  });

  test('comes from problems of each kind and from notices, but not from mere news', () => {
    const station = sampleStation();
    const at = station.startedAt;
    const notice = { at, code: 'x', detail: {}, text: 'x' };
    expect(
      causesOf({
        counts: {
          ...station.counts,
          problemOrders: 1,
          problemFiles: 2,
          problemSignals: 3,
          problemJobs: 4,
          openOrders: 5,
        },
        notices: [
          { ...notice, id: 1, level: 'info' },
          { ...notice, id: 2, level: 'attention' },
          { ...notice, id: 3, level: 'alarm' },
        ],
      }),
    ).toEqual({
      problemOrders: 1,
      problemFiles: 2,
      problemSignals: 3,
      problemJobs: 4,
      [`notice 2 ${at}`]: 1,
      [`notice 3 ${at}`]: 1,
    });
  });
});

describe('a lost connection', () => {
  test('is heard after a moment, every 30 seconds, and no more once it is back', () => {
    const at = quietWorkstation();
    at.link(true);
    at.wait(40);
    expect(at.standing()).toBe('connectionLost');
    at.link(false);
    at.wait(600);
    expect(at.heard).toEqual(['2 connectionLost', '32 connectionLost']);
    expect(at.standing()).toBeNull();
  });

  test('that is back at once is not heard', () => {
    const at = quietWorkstation();
    at.link(true);
    at.wait(1);
    at.link(false);
    at.wait(600);
    expect(at.heard).toEqual([]);
  });

  test('is quiet once somebody has acknowledged it, and heard again when it is lost again', () => {
    const at = quietWorkstation();
    at.link(true);
    at.wait(10);
    at.acknowledge();
    at.wait(90);
    at.link(false);
    at.wait(10);
    at.link(true);
    at.wait(10);
    expect(at.heard).toEqual(['2 connectionLost', '112 connectionLost']);
  });

  test('is all that is heard while it lasts; what stood before is heard again only if it still stands', () => {
    const at = quietWorkstation();
    at.station({ problemOrders: 1, problemFiles: 1 });
    at.wait(29);
    at.link(true);
    at.wait(10);
    expect(at.standing()).toBe('connectionLost');
    at.link(false);
    at.station({ problemFiles: 1 });
    at.wait(10);
    expect(at.heard).toEqual(['0 attention', '31 connectionLost', '41 attention']);

    at.link(true);
    at.wait(10);
    at.link(false);
    at.station({});
    at.wait(60);
    expect(at.heard.slice(3)).toEqual(['51 connectionLost']);
  });

  test('is not heard on a page that never reached its station', () => {
    const at = createWorkstation();
    at.link(true);
    at.wait(600);
    expect(at.heard).toEqual([]);
  });
});

test('a scan is heard at once and never repeats, whatever else is heard', () => {
  const at = quietWorkstation();
  at.station({ problemOrders: 1 });
  at.wait(1);
  at.scan('goodScan');
  at.scan('wrongItem');
  at.wait(40);
  expect(at.heard).toEqual(['0 attention', '1 goodScan', '1 wrongItem', '30 attention']);
  expect(at.news).toEqual(['0 attention']);
});
