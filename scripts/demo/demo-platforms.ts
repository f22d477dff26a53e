import { type CloudprinterSandbox, createCloudprinterSandbox } from '../../test/sandbox/cloudprinter/sandbox.ts';
import {
  type CustomersCanvasSandbox,
  createCustomersCanvasSandbox,
} from '../../test/sandbox/customerscanvas/sandbox.ts';
import { createPrintApiSandbox, type PrintApiSandbox } from '../../test/sandbox/printapi/sandbox.ts';
import { createPrintessSandbox, type PrintessSandbox } from '../../test/sandbox/printess/sandbox.ts';

/** The four platforms of a demo, each a sandbox. */
export interface DemoPlatforms {
  readonly cloudprinter: CloudprinterSandbox;
  readonly printess: PrintessSandbox;
  readonly printApi: PrintApiSandbox;
  readonly canvas: CustomersCanvasSandbox;
}

/** How long a platform takes to make the files of one job. */
export interface DemoPace {
  readonly renderMs: number;
  readonly pipelineMs: number;
}

/** Starts all four; disposing stops them. */
export const openPlatforms = async ({ renderMs, pipelineMs }: DemoPace): Promise<DemoPlatforms & AsyncDisposable> => {
  await using starting = new AsyncDisposableStack();
  const platforms: DemoPlatforms = {
    cloudprinter: starting.use(await createCloudprinterSandbox()),
    printess: starting.use(await createPrintessSandbox({ renderMs })),
    printApi: starting.use(await createPrintApiSandbox()),
    canvas: starting.use(await createCustomersCanvasSandbox({ pipelineMs })),
  };
  const started = starting.move();
  return { ...platforms, [Symbol.asyncDispose]: () => started.disposeAsync() };
};
