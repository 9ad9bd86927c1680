/** A baggage item that a service may set: `BaggageRestriction` of baggage.thrift. What has none may not be set. */
export interface BaggageRestriction {
  readonly baggageKey: string;
  /** Longer values are cut. */
  readonly maxValueLength: number;
}
