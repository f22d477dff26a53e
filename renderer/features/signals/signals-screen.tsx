/** Stub. */
export const SignalsScreen = () => null;
