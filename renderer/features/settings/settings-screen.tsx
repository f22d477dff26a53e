/** Stub. */
export const SettingsScreen = () => null;
