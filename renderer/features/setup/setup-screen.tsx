/** Stub. */
export const SetupScreen = () => null;
