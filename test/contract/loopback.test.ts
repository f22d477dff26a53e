import { describeContract } from './contract-suite.ts';
import { openLoopbackWire } from './wires/loopback.ts';

describeContract('the WebSocket', openLoopbackWire);
