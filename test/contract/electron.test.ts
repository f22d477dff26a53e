import { vi } from 'vitest';
import { describeContract } from './contract-suite.ts';
import { openElectronWire } from './wires/electron.ts';

vi.mock('electron', async () => (await import('./wires/fake-ipc.ts')).electronModule);

describeContract('the desktop IPC', openElectronWire);
