import { expect, test } from 'vitest';
import { readCommandLine } from '../../../../main/hosts/electron/command-line.ts';

const read = (...args: string[]) => readCommandLine(['/opt/platen/platen', ...args], '/home/floor');

test('without words the app uses its own folder and shows its window', () => {
  expect(read()).toEqual({ dataFolder: null, configFile: null, hidden: false });
});

test('folders and files are taken from where the person stands', () => {
  expect(read('--data', 'shop', '--config=/etc/platen.json', '--hidden')).toEqual({
    dataFolder: '/home/floor/shop',
    configFile: '/etc/platen.json',
    hidden: true,
  });
});

test('what belongs to Chromium is left alone', () => {
  const dataOnly = { dataFolder: '/data', configFile: null, hidden: false };
  expect(read('.', '--remote-debugging-port=0', '--no-sandbox', '--data=/data')).toEqual(dataOnly);
});

test('a word without its value is as if it were not there', () => {
  expect(read('--data')).toEqual({ dataFolder: null, configFile: null, hidden: false });
  expect(read('--data=')).toEqual({ dataFolder: null, configFile: null, hidden: false });
});
