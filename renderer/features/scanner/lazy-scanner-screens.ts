import { lazyScreen } from '../../ui/lazy-screen.tsx';

/** Both draw bar codes, which few screens do. */
export const LazyScannerTestScreen = lazyScreen(
  async () => (await import('./scanner-test-screen.tsx')).ScannerTestScreen,
);
export const LazyCommandSheet = lazyScreen(async () => (await import('./command-sheet.tsx')).CommandSheet);
