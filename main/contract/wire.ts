/** All that the contract needs of a transport: ordered text messages both ways, and to know when it ended. */
export interface Wire {
  send(message: string): void;
  /** One listener at a time; answers a function that takes it off. */
  onMessage(listener: (message: string) => void): () => void;
  onClose(listener: () => void): () => void;
}

/**
 * A wire takes no longer message: room for the largest call, an imported document of 10 million characters, with every
 * one of them escaped.
 */
export const longestMessage = 21_000_000;

/** What the preload puts on `window.platen`: the desktop app's wire. The contract test proves that nothing else is there. */
export interface DesktopBridge {
  send(message: string): void;
  onMessage(listener: (message: string) => void): () => void;
}

/** The one Electron IPC channel, both ways. */
export const desktopChannel = 'platen:message';
