import { lazyScreen } from '../../ui/lazy-screen.tsx';

/** Job tickets or the packing slip of an order; few screens ever draw a bar code. */
export const LazyPrintScreen = lazyScreen(async () => (await import('./print-screen.tsx')).PrintScreen);
