/** Lets a running operation be called off, and shows that it is alive. */
export interface OperationControl {
  aborted(): boolean;
  /** Called after each piece of work; lets other operations of the same thread in between. */
  breathe(): Promise<void>;
}
