import './client/no-eval.ts';
import '@mantine/core/styles.css';
import './ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createAlertMemory } from './client/alert-memory.ts';
import { chooseWire } from './client/choose-wire.ts';
import { createDesktopLanguage } from './client/desktop-language.ts';
import { createFilterMemory } from './client/filter-memory.ts';
import { createLanguageMemory } from './client/language-memory.ts';
import { dropPicture, openBook, takePicture } from './client/page-picture.ts';
import { readFragment, takePageToken } from './client/page-token.ts';
import { createReportMemory } from './client/report-memory.ts';
import { createScannerMemory } from './client/scanner-memory.ts';
import { createSessionMemory } from './client/session-memory.ts';
import { createSoundPlayer } from './client/sound-player.ts';
import { StationLink } from './client/station-link.ts';
import { createSystemNotices } from './client/system-notices.ts';
import { startI18n } from './i18n/i18n.ts';
import { createStores } from './stores/app-stores.ts';
import { watchHand } from './stores/hand-watch.ts';

const now = (): number => Date.now();

const sessions = createSessionMemory(window);
const wire = chooseWire(window, sessions);
const link = new StationLink({
  openWire: wire.openWire,
  now,
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
});
const stores = createStores({
  link,
  now,
  hand: watchHand(window, now),
  reports: createReportMemory(window),
  sessions,
  filters: createFilterMemory(window),
  scanner: createScannerMemory(window),
  alerts: createAlertMemory(window),
  sounds: createSoundPlayer({ window, startsUnlocked: wire.host === 'desktop' }),
  systemNotices: createSystemNotices(wire.host, { link, window }),
  pages: { contentUrl: wire.contentUrl, openBook, takePicture, dropPicture },
});
link.start();

window.addEventListener('online', () => link.tryNow());
// A newer address pasted into this tab changes the fragment only, which loads nothing.
window.addEventListener('hashchange', () => {
  if (readFragment(window.location.hash).token === null) return;
  takePageToken(window);
  window.location.reload();
});

const chooseLanguage = await startI18n({
  memory: createLanguageMemory(window),
  locales: navigator.languages,
  page: document.documentElement,
  onSpoken: wire.host === 'desktop' ? createDesktopLanguage(link) : () => undefined,
});
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App parts={{ stores, wire, chooseLanguage }} nonce={nonce} />);
