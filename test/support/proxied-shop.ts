import { openScreenProxy, type ScreenProxy } from './screen-proxy.ts';
import { openScreenShop, type ScreenShop } from './screen-shop.ts';

/** What Chromium itself writes down when a connection breaks or is refused. */
export const brokenLineWords = [/WebSocket connection to .* failed/, /Failed to load resource/];

export interface ProxiedShop {
  readonly shop: ScreenShop;
  /** The line between its browser and its station. */
  readonly proxy: ScreenProxy;
  close(): Promise<void>;
}

/** A shop whose browser reaches the station by a line that can be cut. The pages keep the station's own address. */
export const openProxiedShop = async (): Promise<ProxiedShop> => {
  const proxy = await openScreenProxy();
  const shop = await openScreenShop({
    browserSwitches: ({ port }) => {
      proxy.leadTo(port);
      return [`--host-resolver-rules=MAP 127.0.0.1:${port} 127.0.0.1:${proxy.port}`];
    },
  });
  return {
    shop,
    proxy,
    close: async () => {
      await proxy.close();
      await shop.close();
    },
  };
};
