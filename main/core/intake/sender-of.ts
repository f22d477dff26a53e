import ipaddr from 'ipaddr.js';

/** Whoever has one IPv6 address has all of its /64; an IPv4 address may come in IPv6 clothes. */
export const senderOf = (address: string): string => {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return parsed.toByteArray().slice(0, 8).join('.');
};
