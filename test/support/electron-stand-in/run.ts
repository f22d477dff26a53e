import { pathToFileURL } from 'node:url';
import { electronApp } from './electron-app.ts';

/** Starts an app as Electron does: its entry's top level ends first, then `ready` comes. */
// A test that dies takes its app and its browser with it.
process.once('disconnect', () => process.exit(1));
const [, , entry = '', ...args] = process.argv;
process.argv = [process.execPath, ...args];
await import(pathToFileURL(entry).href);
await electronApp.becomeReady();
