/**
 * What the tree functions read of a span. The model's spans and the UI's JSON can both be shown as this by a shallow
 * mapping: ids are any strings that are equal when the ids are, times are microseconds.
 */
export interface TraceSpan {
  readonly spanId: string;
  /** Of the same trace. Absent, empty or all zeros: a root. */
  readonly parentId?: string | undefined;
  readonly startTime: number;
  /** May be negative, either as such or in the unsigned form in which Jaeger's JSON prints it. */
  readonly duration: number;
  readonly serviceName: string;
  readonly operationName: string;
  readonly hasError: boolean;
}

/**
 * A duration read from Jaeger's JSON, which prints a negative one as the unsigned 64-bit integer of the same bits
 * (-5 becomes 18446744073709551611, and a JSON parser has rounded that to a multiple of 2048).
 */
export function signedDuration(duration: number): number {
  return duration >= 2 ** 63 ? duration - 2 ** 64 : duration;
}

/** When the span ends on a time line; a negative duration counts as none. Microseconds since 1970. */
export function endTime(span: Pick<TraceSpan, 'startTime' | 'duration'>): number {
  return span.startTime + Math.max(0, signedDuration(span.duration));
}
