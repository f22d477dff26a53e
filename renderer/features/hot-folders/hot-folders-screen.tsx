/** Stub. */
export const HotFoldersScreen = () => null;
