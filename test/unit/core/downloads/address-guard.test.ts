import type { LookupAddress } from 'node:dns';
import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  AddressRefusedError,
  createGuardedLookup,
  isPublicAddress,
  sourceComplaint,
} from '../../../../main/core/downloads/address-guard.ts';

const forbidden = [
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '240.0.0.1',
  '198.18.0.1',
  '::',
  '::1',
  'fe80::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2001:0:1::1',
  '2001:db8::1',
  '100::1',
];

describe('the address guard', () => {
  it.each(forbidden)('takes %s for no public address', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '52.216.1.1', '2606:4700::1111', '2a05:d018::1'])('lets %s pass', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    'https://files.example.com/a.pdf',
    'http://files.example.com:8080/a.pdf?signature=1',
    'https://8.8.8.8/a.pdf',
    'https://[2606:4700::1111]/a.pdf',
    'https://127.0.0.1.example.com/a.pdf',
  ])('has nothing against %s', (url) => {
    expect(sourceComplaint(url, false)).toBeNull();
  });

  it.each([
    ['a private address', 'http://192.168.0.7/a.pdf', '192.168.0.7 is not a public address'],
    ['the cloud metadata address', 'http://169.254.169.254/latest', '169.254.169.254 is not a public address'],
    ['this computer', 'http://127.0.0.1:8750/in/cp', '127.0.0.1 is not a public address'],
    ['localhost', 'http://localhost/a.pdf', 'localhost is this computer'],
    ['localhost with a dot', 'http://LOCALHOST./a.pdf', 'localhost is this computer'],
    ['a name below localhost', 'http://a.localhost/a.pdf', 'a.localhost is this computer'],
    ['IPv6 loopback', 'http://[::1]/a.pdf', '::1 is not a public address'],
    ['IPv4 in IPv6', 'http://[::ffff:10.0.0.1]/a.pdf', '::ffff:a00:1 is not a public address'],
    ['a decimal loopback', 'http://2130706433/a.pdf', '127.0.0.1 is not a public address'],
    ['a hexadecimal loopback', 'http://0x7f.0.0.1/a.pdf', '127.0.0.1 is not a public address'],
    ['an octal loopback', 'http://0177.0.0.1/a.pdf', '127.0.0.1 is not a public address'],
    ['a short loopback', 'http://127.1/a.pdf', '127.0.0.1 is not a public address'],
    ['a public address in decimal', 'http://134744072/a.pdf', '134744072 is a number in place of a host name'],
    ['a public address in hexadecimal', 'http://0x08080808:80/', '0x08080808 is a number in place of a host name'],
  ])('refuses %s', (_what, url, complaint) => {
    expect(sourceComplaint(url, false)).toBe(complaint);
    expect(sourceComplaint(url, true)).toBeNull();
  });

  it.each([
    ['a file', 'file:///etc/passwd', 'file: is not http or https'],
    ['ftp', 'ftp://files.example.com/a.pdf', 'ftp: is not http or https'],
    [
      'a user and password',
      'https://me:secret@files.example.com/',
      'the URL at files.example.com holds a user name or password',
    ],
    ['no URL at all', 'cover.pdf', 'the source is not a URL'],
  ])('refuses %s even where private addresses are allowed', (_what, url, complaint) => {
    expect(sourceComplaint(url, false)).toBe(complaint);
    expect(sourceComplaint(url, true)).toBe(complaint);
  });
});

describe('the guarded lookup', () => {
  const lookup = (answers: readonly LookupAddress[], all: boolean) =>
    new Promise<unknown>((resolve) => {
      const guarded = createGuardedLookup((_hostname, answer) => answer(null, answers));
      guarded('files.example.com', { all }, (error, address) => resolve(error ?? address));
    });
  const inside = { address: '10.0.0.7', family: 4 };
  const outside = { address: '8.8.8.8', family: 4 };

  it('hands on public answers only', async () => {
    expect(await lookup([inside, outside], true)).toEqual([outside]);
    expect(await lookup([inside, outside], false)).toBe('8.8.8.8');
  });

  it('refuses a name that leads inside, and says where to', async () => {
    const refused = await lookup([inside, { address: '::1', family: 6 }], true);
    expect(refused).toBeInstanceOf(AddressRefusedError);
    expect(String(refused)).toContain('files.example.com leads to 10.0.0.7, ::1, which is not a public address');
  });

  it('decides what is connected to, however the name answers the next time', async () => {
    let asked = 0;
    const lookup = createGuardedLookup((_hostname, answer) => {
      asked += 1;
      answer(null, [asked === 1 ? inside : outside]);
    });
    const error = await new Promise<unknown>((resolve) => {
      get('http://files.example.com:9/', { lookup }, () => resolve('answered')).on('error', resolve);
    });
    expect(error).toBeInstanceOf(AddressRefusedError);
    expect(asked).toBe(1);
  });
});
