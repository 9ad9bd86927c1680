/** The learner went away in the middle of a check. */
export class CheckInterrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'CheckInterrupted';
  }
}
