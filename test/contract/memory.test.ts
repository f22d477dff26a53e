import { describeContract } from './contract-suite.ts';
import { openMemoryWire } from './wires/memory.ts';

describeContract('the memory wire', openMemoryWire);
