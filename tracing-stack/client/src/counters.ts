/**
 * What a tracer did so far. For every moment: `sampled` is `reported`, plus what was dropped, plus `waiting` (only of a
 * tracer with a remote reporter; the other reporters send nothing).
 */
export interface Counters {
  /** Spans started, sampled or not. */
  started: number;
  /** Spans finished, sampled or not. */
  finished: number;
  /** Finished spans that were sampled, and so given to the reporter. */
  sampled: number;
  /** Calls of `finish` on a span that was finished before. */
  finishedAgain: number;
  /** Tags and log records that came after `finish`, too late to be reported. */
  tooLate: number;
  /**
   * Spans that the kernel took over, in `packets` datagrams, of which UDP tells nobody whether they arrive; or that a
   * collector took over HTTP, in `packets` requests.
   */
  reported: number;
  packets: number;
  /** Spans that were not taken over yet, nor dropped. Of those that wait when the process exits, most are lost. */
  waiting: number;
  /** Datagrams that came back because nothing listens at the agent's port. */
  refused: number;
  /** Requests to a collector that were made again, since it was away or busy. */
  retries: number;
  /** Spans dropped because the queue was full. */
  droppedQueueFull: number;
  /** Spans dropped because one alone is larger than a packet may be. */
  droppedTooLarge: number;
  /** Spans dropped because they could not be encoded: a defect of ours, not of the application. */
  droppedUnencodable: number;
  /** Spans dropped because the socket or the collector did not take them. */
  droppedUnsent: number;
  /** Spans dropped because they were finished after `close`. */
  droppedClosed: number;
  /** Contexts not injected, and single baggage items not injected, because the carrier cannot hold them. */
  injectErrors: number;
  /** Contexts not extracted: malformed, or in a carrier or format that is none of ours. */
  extractErrors: number;
  /** Arguments of which nothing could be made: left out, or replaced. No call throws for them. */
  badArguments: number;
  /** Values of tags and log fields of which not everything could be written. */
  reducedValues: number;
  /** Values of tags and log fields that were cut, in a tracer that is told to. */
  cutValues: number;
  /** Answers of a sampling server that were obeyed, and questions without an answer that could be. */
  samplerUpdates: number;
  samplerFailures: number;
  /** Baggage items that restrictions forbid, so that they were not set; and values that they cut. */
  baggageRefused: number;
  baggageCut: number;
  /** Answers about baggage that were obeyed, and questions without one that could be. */
  baggageUpdates: number;
  baggageFailures: number;
  /** Debug traces that a throttler did not allow: their samplers decided. */
  debugRefused: number;
  /** Answers with credits, and questions without one. */
  throttlerUpdates: number;
  throttlerFailures: number;
}

export function createCounters(): Counters {
  return {
    started: 0,
    finished: 0,
    sampled: 0,
    finishedAgain: 0,
    tooLate: 0,
    reported: 0,
    packets: 0,
    waiting: 0,
    refused: 0,
    retries: 0,
    droppedQueueFull: 0,
    droppedTooLarge: 0,
    droppedUnencodable: 0,
    droppedUnsent: 0,
    droppedClosed: 0,
    injectErrors: 0,
    extractErrors: 0,
    badArguments: 0,
    reducedValues: 0,
    cutValues: 0,
    samplerUpdates: 0,
    samplerFailures: 0,
    baggageRefused: 0,
    baggageCut: 0,
    baggageUpdates: 0,
    baggageFailures: 0,
    debugRefused: 0,
    throttlerUpdates: 0,
    throttlerFailures: 0,
  };
}
