/** A business status of the tenant. */
export interface Status {
  readonly id: number;
  readonly code: number;
  readonly color: string;
  readonly displayName: string;
}

export interface Transition {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly startStatus: number;
  readonly resultStatus: number;
}

/** What a tenant's projects can go through. */
export interface Workflow {
  readonly statuses: readonly Status[];
  readonly transitions: readonly Transition[];
}

/** The default workflow's five statuses; codes and transitions are made up, as each tenant has its own. */
export const STATUS = { new: 1, confirmed: 2, rejected: 3, active: 4, completed: 5 } as const;

export const DEFAULT_WORKFLOW: Workflow = {
  statuses: [
    { id: 11, code: STATUS.new, color: '#9e9e9e', displayName: 'New' },
    { id: 12, code: STATUS.confirmed, color: '#2196f3', displayName: 'Confirmed' },
    { id: 13, code: STATUS.rejected, color: '#f44336', displayName: 'Rejected' },
    { id: 14, code: STATUS.active, color: '#ff9800', displayName: 'Active' },
    { id: 15, code: STATUS.completed, color: '#4caf50', displayName: 'Completed' },
  ],
  transitions: [
    transition(1, 'Confirm', STATUS.new, STATUS.confirmed),
    transition(2, 'Reject', STATUS.new, STATUS.rejected),
    transition(3, 'Activate', STATUS.confirmed, STATUS.active),
    transition(4, 'Complete', STATUS.active, STATUS.completed),
    transition(5, 'Reopen', STATUS.completed, STATUS.active),
  ],
};

function transition(id: number, name: string, startStatus: number, resultStatus: number): Transition {
  return { id, name, displayName: name, startStatus, resultStatus };
}
