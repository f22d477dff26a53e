/** What is said of jobs at a platform: what is wrong, and what to do about it. */
export const jobLines = {
  jobUnknown: '{platform} no longer knows this job: have it made again',
  printApiFile:
    'Print API could not fetch the {file}, and prints nothing without it. Make the file reachable at its address, or place the order again',
  paymentFailed:
    'The payment failed, so Print API does not print this order. Place the order again if it is still needed',
  paymentCancelled:
    'The payment was cancelled, so Print API does not print this order. Place the order again if it is still needed',
  paymentOverdue:
    'The payment is still open after 24 hours, and Print API will cancel this order. Place the order again if it is still needed, and pay for it in time',
  printApiCancelled:
    'Print API cancelled this order, as it does when a payment is not made within 24 hours. Place the order again if it is still needed',
  printessFailed: 'Printess could not render it. Correct the design or the template, then render it again.',
  printessFailedSaying:
    'Printess could not render it: {said}. Correct the design or the template, then render it again.',
  printessNoFile:
    'Printess says that it is done, but names no file. Look at it in the Printess account, then render it again.',
  projectGone: 'The project is no longer at Customer’s Canvas: it was removed there. What has been fetched stays here.',
  projectNotFound:
    'The shop told of order {order}, but Customer’s Canvas has had no project for it for a day: look at the order in the shop and at the storefront of this connection.',
  pipelineFailed:
    'The pipeline failed at Customer’s Canvas. Resume goes on from the failed task; restart runs every task again, also paid ones.',
  resultsMissing:
    'Customer’s Canvas has no processing results for this project, though it is Completed: look at its pipeline in the BackOffice.',
  resultsWithheld: 'Customer’s Canvas does not give the results out (409); they are asked for again.',
  resultsWithheldSaying: 'Customer’s Canvas does not give the results out (409: {said}); they are asked for again.',
  resultsUnreachable: 'Customer’s Canvas names files but no way to them: {files}.',
  resultsNoFile:
    'The pipeline is Completed with no file: look at its finalize task at Customer’s Canvas, which succeeds also when a file is missing.',
  resultsOnlyPreviews:
    'The pipeline is Completed with no file but previews: look at its finalize task at Customer’s Canvas, which succeeds also when a file is missing.',
} as const;
