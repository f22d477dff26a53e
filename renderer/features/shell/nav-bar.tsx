import { useTranslation } from 'react-i18next';
import { useStation } from '../../app-context.ts';
import { hrefOf, type Route, type ScreenKind } from '../../client/route.ts';
import { MarkShape } from '../../ui/status-mark.tsx';
import { useWords } from '../../ui/use-words.ts';
import { WhoButton } from '../people/who-button.tsx';
import { ColorSchemeButton } from './color-scheme-button.tsx';
import styles from './nav-bar.module.css';
import { NoticesButton } from './notices-button.tsx';

interface TabProps {
  readonly kind: ScreenKind;
  readonly current: boolean;
  readonly label: string;
  readonly count?: number;
  readonly problems?: number;
}

const Tab = ({ kind, current, label, count = 0, problems = 0 }: TabProps) => {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <a className={styles.tab} href={hrefOf(kind)} aria-current={current ? 'page' : undefined}>
      <span>{label}</span>
      {count > 0 && <span className={styles.count}>{words.count(count)}</span>}
      {problems > 0 && (
        <span className={styles.problems}>
          <MarkShape mark="attention" size={18} />
          <span aria-hidden>{words.count(problems)}</span>
          <span className={styles.unseen}>{t('nav.problems', { count: problems })}</span>
        </span>
      )}
    </a>
  );
};

/** The screens, with what needs attention in each. */
export const NavBar = ({ route }: { readonly route: Route }) => {
  const { t } = useTranslation();
  const station = useStation((state) => state.station);
  const counts = station?.counts;
  const at = (kind: ScreenKind): boolean =>
    route.kind === kind ||
    (kind === 'orders' && route.kind === 'order') ||
    (kind === 'settings' && route.kind === 'scannerTest');
  return (
    <header className={styles.bar}>
      <span className={styles.name} title={station?.name}>
        {station?.name ?? t('app.name')}
      </span>
      <nav className={styles.tabs} aria-label={t('nav.label')}>
        <Tab kind="today" current={at('today')} label={t('nav.today')} />
        <Tab
          kind="orders"
          current={at('orders')}
          label={t('nav.orders')}
          count={counts?.openOrders ?? 0}
          problems={counts?.problemOrders ?? 0}
        />
        <Tab
          kind="files"
          current={at('files')}
          label={t('nav.files')}
          count={counts?.unfinishedFiles ?? 0}
          problems={counts?.problemFiles ?? 0}
        />
        <Tab
          kind="signals"
          current={at('signals')}
          label={t('nav.signals')}
          count={counts?.unsentSignals ?? 0}
          problems={counts?.problemSignals ?? 0}
        />
        <Tab kind="hotFolders" current={at('hotFolders')} label={t('nav.hotFolders')} count={counts?.lyingFiles ?? 0} />
        <Tab kind="connections" current={at('connections')} label={t('nav.connections')} />
      </nav>
      <div className={styles.tools}>
        <NoticesButton />
        <ColorSchemeButton />
        <Tab kind="settings" current={at('settings')} label={t('nav.settings')} />
        <WhoButton />
      </div>
    </header>
  );
};
