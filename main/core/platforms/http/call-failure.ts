import { failure, type WorkFailure } from '../../work/failure.ts';
import { CallTimeout } from './http-call.ts';

const reasons: Readonly<Record<string, (host: string) => string>> = {
  ENOTFOUND: (host) => `the name ${host} was not found`,
  EAI_AGAIN: (host) => `the name ${host} could not be looked up; is the network there?`,
  ECONNREFUSED: (host) => `${host} refuses connections`,
  ECONNRESET: (host) => `${host} closed the connection before it answered`,
  EPIPE: (host) => `${host} closed the connection before it answered`,
  ENETUNREACH: (host) => `there is no network to ${host}`,
  EHOSTUNREACH: (host) => `${host} cannot be reached`,
  EPROTO: (host) => `${host} does not speak TLS as it should`,
};

const isCertificateCode = (code: string): boolean => /CERT|ERR_TLS|ERR_SSL|UNABLE_TO_/.test(code);

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** What went wrong before there was an answer, as a value. Anything that is not the network's doing is thrown again. */
export const callFailure = (error: unknown, host: string): WorkFailure => {
  if (!(error instanceof Error)) throw error;
  if (error instanceof CallTimeout) {
    return failure('timeout', `no ${error.missing} ${error.missing === 'connection' ? 'to' : 'from'} ${host} in time`);
  }
  const code = codeOf(error);
  if (code === '') throw error;
  const certificate = isCertificateCode(code) ? `the certificate of ${host} is not trusted (${code})` : undefined;
  return failure('network', certificate ?? reasons[code]?.(host) ?? `no answer from ${host} (${code})`);
};
