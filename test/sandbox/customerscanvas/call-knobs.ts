import type { ApiFault } from '../http/api-faults.ts';
import { createKnobBoard, type KnobBoard } from '../knobs/knob-board.ts';

/** What a knob on calls can be matched by: the call's name, the project's id, GET or POST. */
export type CallField = 'call' | 'project' | 'method';
export type CallKnobs = KnobBoard<CallField, ApiFault>;

/** `timesEach` counts each call for each project apart. */
export const createCallKnobs = (seed: string | number): CallKnobs =>
  createKnobBoard<CallField, ApiFault>(['call', 'project'], seed);
