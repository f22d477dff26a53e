import './client/no-eval.ts';
import '@mantine/core/styles.css';
import './ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { chooseWire } from './client/choose-wire.ts';
import { createDesktopLanguage } from './client/desktop-language.ts';
import { keptText, sharedText } from './client/kept-text.ts';
import { createPageMemories } from './client/page-memories.ts';
import { dropPicture, openBook, takePicture } from './client/page-picture.ts';
import { readFragment, takePageToken } from './client/page-token.ts';
import { createRingingTab } from './client/ringing-tab.ts';
import { createSoundPlayer } from './client/sound-player.ts';
import { StationLink } from './client/station-link.ts';
import { createSystemNotices, withoutShowing } from './client/system-notices.ts';
import { createTourMemory } from './client/tour-memory.ts';
import { createTrainingPlace } from './client/training-place.ts';
import { startI18n } from './i18n/i18n.ts';
import { createStores } from './stores/app-stores.ts';
import { watchHand } from './stores/hand-watch.ts';

const now = (): number => Date.now();

const training = createTrainingPlace(window);
const memories = createPageMemories(window, training.practising);
const wire = chooseWire(window, memories.sessions);
const link = new StationLink({
  openWire: wire.openWire,
  now,
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
});
/** Tabs that practise have nothing to do with those of the station itself. */
const tabsName = training.practising ? 'platen.tabs.training' : 'platen.tabs';
const sounds = createSoundPlayer({ window, startsUnlocked: wire.host === 'desktop' });
const systemNotices = createSystemNotices(wire.host, { link, window });
const stores = createStores({
  link,
  now,
  hand: watchHand(window, now),
  ...memories,
  training,
  tour: createTourMemory(window),
  scanner: keptText(() => window.localStorage, 'platen.scanner'),
  alerts: sharedText(window, 'platen.alerts'),
  ringingTab: createRingingTab({
    name: tabsName,
    page: document,
    locks: navigator.locks,
    sounds,
    channel: new BroadcastChannel(tabsName),
  }),
  sounds,
  systemNotices: training.practising ? withoutShowing(systemNotices) : systemNotices,
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
  memory: keptText(() => window.localStorage, 'platen.language'),
  locales: navigator.languages,
  page: document.documentElement,
  onSpoken: wire.host === 'desktop' ? createDesktopLanguage(link) : () => undefined,
});
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App parts={{ stores, wire, chooseLanguage }} nonce={nonce} />);
