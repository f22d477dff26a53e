import { registerHooks } from 'node:module';

/** Gives the app this stand-in whenever it imports `electron`; nothing else is touched. */
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron'
      ? { url: new URL('./electron-module.ts', import.meta.url).href, shortCircuit: true }
      : nextResolve(specifier, context),
});
