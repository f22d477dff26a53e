import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { AppContext, type AppParts, useLink, useStation } from './app-context.ts';
import { parseRoute, type Route, useHash } from './client/route.ts';
import { AlertFlash } from './features/alerts/alert-flash.tsx';
import { NewsTeller } from './features/alerts/news-teller.tsx';
import { ConnectionsScreen } from './features/connections/connections-screen.tsx';
import { FilesScreen } from './features/files/files-screen.tsx';
import { HotFoldersScreen } from './features/hot-folders/hot-folders-screen.tsx';
import { OrderScreen } from './features/order/order-screen.tsx';
import { OrdersScreen } from './features/orders/orders-screen.tsx';
import { AskBeforeDownload } from './features/people/ask-before-download.tsx';
import { ManagersOnly } from './features/people/managers-only.tsx';
import { WhoPicker } from './features/people/who-picker.tsx';
import { LazyPrintScreen } from './features/print/lazy-print-screen.tsx';
import { PaperFrame } from './features/print/paper-frame.tsx';
import { LazyCommandSheet, LazyScannerTestScreen } from './features/scanner/lazy-scanner-screens.ts';
import { ScannerRouter } from './features/scanner/scanner-router.tsx';
import { SettingsScreen } from './features/settings/settings-screen.tsx';
import { SetupScreen } from './features/setup/setup-screen.tsx';
import { CornerHints } from './features/shell/corner-hints.tsx';
import { NoStation } from './features/shell/no-station.tsx';
import { Shell } from './features/shell/shell.tsx';
import { SignalsScreen } from './features/signals/signals-screen.tsx';
import { LazyTodayScreen } from './features/today/lazy-today-screen.tsx';
import { PractiseCard } from './features/training/practise-card.tsx';
import { TrainingFrame } from './features/training/training-frame.tsx';
import { theme, variables } from './ui/theme.ts';

type PaperRoute = Extract<Route, { readonly kind: 'print' | 'commandSheet' }>;

const Screen = ({ route }: { readonly route: Exclude<Route, PaperRoute> }) => {
  switch (route.kind) {
    case 'today':
      return <LazyTodayScreen />;
    case 'orders':
      return <OrdersScreen />;
    case 'order':
      return <OrderScreen orderRef={route.ref} />;
    case 'files':
      return <FilesScreen />;
    case 'signals':
      return <SignalsScreen />;
    case 'hotFolders':
      return <HotFoldersScreen />;
    case 'connections':
      return <ConnectionsScreen />;
    case 'settings':
      return (
        <ManagersOnly beside={<PractiseCard />}>
          <SettingsScreen />
        </ManagersOnly>
      );
    case 'scannerTest':
      return <LazyScannerTestScreen />;
  }
};

const Content = () => {
  const route = parseRoute(useHash());
  const known = useStation((state) => state.station !== null);
  const settingUp = useStation((state) => state.settingUp);
  const noKey = useLink((state) => state.link.kind === 'noKey');
  if (noKey || !known) return <NoStation />;
  if (settingUp) return <SetupScreen />;
  const isPaper = route.kind === 'print' || route.kind === 'commandSheet';
  return (
    <>
      {route.kind === 'print' || route.kind === 'commandSheet' ? (
        <PaperFrame>
          {route.kind === 'print' ? <LazyPrintScreen sheet={route.sheet} orderRef={route.ref} /> : <LazyCommandSheet />}
        </PaperFrame>
      ) : (
        <Shell route={route}>
          <Screen route={route} />
        </Shell>
      )}
      {route.kind !== 'scannerTest' && <ScannerRouter />}
      <WhoPicker />
      <AskBeforeDownload />
      <AlertFlash hasBanner={!isPaper} />
      <CornerHints />
      <NewsTeller />
    </>
  );
};

/** The whole page. */
export const App = ({ parts, nonce }: { readonly parts: AppParts; readonly nonce: string }) => (
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
      withGlobalClasses={false}
    >
      <AppContext value={parts}>
        <TrainingFrame>
          <Content />
        </TrainingFrame>
      </AppContext>
    </MantineProvider>
  </StrictMode>
);
