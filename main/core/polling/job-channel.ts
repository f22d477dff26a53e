/** The name of the channel by which a platform's list is asked, and jobs are checked. */
export const jobsChannel = 'jobs';
