import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { stationLine } from '../../contract/station-lines/station-lines.ts';

/** An address that this connection may not be sent to. The message is one line for a person. */
export class AddressRefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AddressRefusedError';
  }
}

/** The addresses that IANA gives out for the public internet; everything else in IPv6 is special in one way or another. */
const publicIpv6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether the address is one of the public internet: not private, loopback, link-local, carrier-grade NAT, multicast,
 * unspecified, reserved, and not an IPv4 address in IPv6 clothes (mapped, NAT64, 6to4, Teredo).
 */
export const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(publicIpv6);
};

const withoutBrackets = (hostname: string): string => hostname.replace(/^\[|\]$/gu, '');

/** What is wrong with the host of a URL, as far as it can be told without asking DNS. */
const hostComplaint = (url: URL): string | null => {
  const host = withoutBrackets(url.hostname).replace(/\.$/u, '').toLowerCase();
  if (host === 'localhost' || host.endsWith('.localhost')) return stationLine('addressThisComputer', { host });
  if (isIP(host) !== 0 && !isPublicAddress(host)) return stationLine('addressNotPublic', { host });
  return null;
};

/** Why this URL of a hop must not be asked; null when nothing speaks against it yet. DNS answers are checked on connecting. */
export const urlComplaint = (url: URL, allowPrivateAddresses: boolean): string | null => {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return stationLine('addressNotHttp', { protocol: url.protocol });
  if (url.username !== '' || url.password !== '') return stationLine('addressWithPassword', { host: url.host });
  return allowPrivateAddresses ? null : hostComplaint(url);
};

/** The same for a URL as a platform wrote it, which may not be one, or hide an address: `http://0x7f.1/`, `http://2130706433/`. */
export const sourceComplaint = (text: string, allowPrivateAddresses: boolean): string | null => {
  const url = URL.parse(text);
  if (url === null) return stationLine('sourceNoUrl');
  const complaint = urlComplaint(url, allowPrivateAddresses);
  if (complaint !== null || allowPrivateAddresses) return complaint;
  const written = /^[^:]+:[/\\]*([^/\\?#]*)/u.exec(text.trim())?.[1] ?? '';
  const writtenHost = written.replace(/:\d*$/u, '').toLowerCase();
  const disguised = isIP(url.hostname) === 4 && writtenHost !== url.hostname;
  return disguised ? stationLine('addressIsNumber', { host: writtenHost }) : null;
};

/** Asks DNS for all addresses of a name. */
export type Resolver = (
  hostname: string,
  answer: (error: Error | null, addresses: readonly DnsAnswer[]) => void,
) => void;
interface DnsAnswer {
  readonly address: string;
  readonly family: number;
}

export const systemResolver: Resolver = (hostname, answer) => {
  systemLookup(hostname, { all: true }, (error, addresses) => answer(error, addresses));
};

/**
 * A DNS lookup for connecting that hands on allowed addresses only. What it answers is what is connected to, so a name
 * that answers differently the next time cannot slip through.
 */
export const createGuardedLookup = (
  resolve: Resolver,
  isAllowed: (address: string) => boolean = isPublicAddress,
): LookupFunction => {
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      if (error !== null) {
        callback(error, '');
        return;
      }
      const wanted = options.family === 4 || options.family === 6 ? options.family : 0;
      const allowed = addresses.filter(
        (answer) => isAllowed(answer.address) && (wanted === 0 || answer.family === wanted),
      );
      const [first] = allowed;
      if (first === undefined) {
        const found = addresses.map((answer) => answer.address).join(', ');
        callback(new AddressRefusedError(stationLine('addressLeadsInside', { host: hostname, addresses: found })), '');
      } else if (options.all === true) callback(null, [...allowed]);
      else callback(null, first.address, first.family);
    });
  };
};
