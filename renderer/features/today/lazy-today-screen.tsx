import { lazyScreen } from '../../ui/lazy-screen.tsx';

/** The day in numbers, for the manager; the charts are a good part of the page, and other screens have none. */
export const LazyTodayScreen = lazyScreen(async () => (await import('./today-screen.tsx')).TodayScreen);
