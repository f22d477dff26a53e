/** Stub. */
export const ConnectionsScreen = () => null;
