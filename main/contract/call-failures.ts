/** Why a platform did not accept a call, as the station tells failures apart. Without zod, as the transfer threads read it. */
export const callFailures = [
  'network',
  'timeout',
  'rateLimited',
  'serverError',
  'refused',
  'paymentRequired',
  'rejected',
  'gone',
  'local',
] as const;
