import { randomBytes } from 'node:crypto';

/** A caller that the judge plays: a span that exists nowhere, and baggage that nobody can know beforehand. */
export interface Caller {
  readonly traceId: string;
  readonly spanId: string;
  /** By key, in lower case. */
  readonly baggage: Readonly<Record<string, string>>;
  /** What it sends along: HTTP headers, or entries of gRPC metadata. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A caller of a sampled trace of its own, with a value of its own for each of `keys`. */
export function inventCaller(keys: readonly string[]): Caller {
  const [traceId, spanId] = [inventId(), inventId()];
  const baggage = Object.fromEntries(keys.map((key) => [key, inventId()]));
  const items = Object.entries(baggage).map(([key, value]) => [`uberctx-${key}`, value]);
  const headers = { 'uber-trace-id': `${traceId}:${spanId}:0:1`, ...Object.fromEntries(items) };
  return { traceId, spanId, baggage, headers };
}

/** Never with a leading zero, which some clients leave out when they write it again. */
function inventId(): string {
  const bytes = randomBytes(8);
  bytes[0] = 0x10 | ((bytes[0] ?? 0) & 0x7f);
  return bytes.toString('hex');
}
