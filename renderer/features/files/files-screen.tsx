/** Stub. */
export const FilesScreen = () => null;
