/** How this Printess behaves where the published documents leave it open or disagree. A test may change it at any time. */
export interface PrintessBehaviour {
  /** From the call to the final state, in sandbox time. Holds for jobs made from now on. */
  renderMs: number;
  /** How long files stay, from the final state of jobs made or ended from now on. */
  keepFilesMs: number;
  /** What the file host answers for a file that has expired. */
  expiredStatus: 403 | 404;
  /** What a token of too little power is answered, such as the shop token at the order list. */
  refusalStatus: 401 | 403;
  /** The order list refuses every token with this status. */
  listRefused: 401 | 403 | null;
  /** `send` posts and repeats by the published schedule; `lose`: never arrives; `manual`: only by `sendCallback`. */
  callbacks: 'send' | 'lose' | 'manual';
  /** Where `meta` stands in callbacks and results. */
  metaPlace: 'top' | 'result' | 'both';
  /** `success`: isSuccess and errorDetails; `failure`: isFailure and failureDetails. */
  statusSpelling: 'success' | 'failure';
  callbackSpelling: 'success' | 'failure';
  listOrder: 'newest' | 'oldest';
  /** What `templateName` is in the list of a job made from a save token: the token, or the template behind it. */
  listTemplate: 'token' | 'template';
  /** What `count` in the list is. */
  listCount: 'all' | 'page';
  /** Which time `startDate` and `endDate` mean. */
  listDates: 'createdOn' | 'finishedOn';
  /** Whether a failed order says isFinished. */
  failedIsFinished: boolean;
  /** Whether a retry makes a new job in the same order. */
  retryKeepsOrder: boolean;
}

const DAY_MS = 24 * 3600_000;

export const DEFAULT_BEHAVIOUR: Readonly<PrintessBehaviour> = {
  renderMs: 2000,
  keepFilesMs: 30 * DAY_MS,
  expiredStatus: 403,
  refusalStatus: 401,
  listRefused: null,
  callbacks: 'send',
  metaPlace: 'top',
  statusSpelling: 'success',
  callbackSpelling: 'failure',
  listOrder: 'newest',
  listTemplate: 'token',
  listCount: 'all',
  listDates: 'createdOn',
  failedIsFinished: true,
  retryKeepsOrder: false,
};
