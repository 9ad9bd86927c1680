/** Something may be lost, or stay half done, because whoever should have taken it did not before the end. */
export class UnfinishedError extends Error {
  readonly code = 'unfinished';

  /** `message` starts with the component in brackets, and says what is lost. */
  constructor(message: string) {
    super(message);
    this.name = 'UnfinishedError';
  }
}
