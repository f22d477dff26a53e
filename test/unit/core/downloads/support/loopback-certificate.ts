import { generateKeyPairSync, sign } from 'node:crypto';

const element = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => element(0x30, ...parts);
const objectId = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'));
const wholeNumber = (value: number): Buffer => element(0x02, Buffer.from([value]));
const utcTime = (text: string): Buffer => element(0x17, Buffer.from(text));

/** A fresh key and a certificate for 127.0.0.1 that it signs itself (RFC 5280), for a server that lives as long as a test. */
export const makeLoopbackCertificate = (): { readonly key: string; readonly cert: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
  const name = sequence(element(0x31, sequence(objectId('550403'), element(0x0c, Buffer.from('loopback')))));
  const extension = (id: string, value: Uint8Array): Buffer => sequence(objectId(id), element(0x04, value));
  const extensions = sequence(
    extension('551d13', sequence(element(0x01, Buffer.from([0xff])))),
    extension('551d11', sequence(element(0x87, Buffer.from([127, 0, 0, 1])))),
  );
  const certificate = sequence(
    element(0xa0, wholeNumber(2)),
    wholeNumber(1),
    ecdsaWithSha256,
    name,
    sequence(utcTime('200101000000Z'), utcTime('491231000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, extensions),
  );
  const signature = sign('sha256', certificate, privateKey);
  const signed = sequence(certificate, ecdsaWithSha256, element(0x03, Buffer.from([0]), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${signed.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
};
