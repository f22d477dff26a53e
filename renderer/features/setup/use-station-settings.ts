import { useEffect, useState } from 'react';
import type { StationSettings } from '../../../main/contract/station.ts';
import { useStation } from '../../app-context.ts';
import type { SettingsAnswer } from '../../stores/station-store.ts';

/** The station's settings as a step edits them; null until they are there. */
export const useStationSettings = (): {
  readonly answer: SettingsAnswer | null;
  readonly change: (settings: StationSettings) => void;
} => {
  const ask = useStation((state) => state.settings);
  const [answer, setAnswer] = useState<SettingsAnswer | null>(null);
  useEffect(() => {
    let left = false;
    void ask().then((outcome) => {
      if (!left && outcome.kind === 'done') setAnswer(outcome.value);
    });
    return () => {
      left = true;
    };
  }, [ask]);
  return {
    answer,
    change: (settings) => setAnswer((known) => (known === null ? known : { ...known, settings })),
  };
};
