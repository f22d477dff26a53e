import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { createSecureContext } from 'node:tls';
import { errorText } from '../ports/logger.ts';

/** Absolute paths of PEM files: the certificate with those between it and its root, and its private key. */
export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const readPem = async (path: string): Promise<string> => {
  if (!isAbsolute(path)) throw new Error(`${path} is not an absolute path`);
  return readFile(path, 'utf8');
};

/** Reads a certificate and its key. Rejects with one line, without anything of the key, when they cannot be used together. */
export const readCertificate = async ({ certificateFile, keyFile }: CertificateFiles): Promise<Certificate> => {
  const [cert, key] = await Promise.all([readPem(certificateFile), readPem(keyFile)]);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Error(`${certificateFile} and ${keyFile} are no certificate and its key: ${errorText(error)}`);
  }
  return { cert, key };
};
