import { FLAG_SAMPLED, parseTraceId, ZERO_SPAN_ID } from '@spoor/model';
import { percentDecode, percentEncode } from './percent.ts';
import type { TraceContext } from './uber-trace-id.ts';

// W3C Trace Context, https://www.w3.org/TR/trace-context-2/, and W3C Baggage, https://www.w3.org/TR/baggage/.

/** `{version}-{trace-id}-{span-id}-{flags}`: 2, 32, 16 and 2 lower-case hex digits. */
export const TRACEPARENT_KEY = 'traceparent';
/** What other vendors know about the trace; handed on as it came. */
export const TRACESTATE_KEY = 'tracestate';
/** `name=value,name=value`, the values percent-encoded. */
export const W3C_BAGGAGE_KEY = 'baggage';

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** W3C's only flag that Jaeger shares is the lowest bit; the others (2 is debug in Jaeger, "random" in W3C) stay home. */
export function formatTraceparent({ traceId, spanId, flags }: TraceContext): string {
  return `00-${traceId.padStart(32, '0')}-${spanId}-0${flags & FLAG_SAMPLED}`;
}

/** Reads a `traceparent` of version 00, and what later versions share with it. `undefined` if it is malformed. */
export function parseTraceparent(text: string): TraceContext | undefined {
  const [, version, trace = '', spanId = '', flags = '', more] =
    TRACEPARENT.exec(text.trim()) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) {
    return undefined;
  }
  const traceId = parseTraceId(trace);
  if (!traceId || traceId === ZERO_SPAN_ID || spanId === ZERO_SPAN_ID) return undefined;
  const sampled = Number.parseInt(flags, 16) & FLAG_SAMPLED;
  return { traceId, spanId, parentId: ZERO_SPAN_ID, flags: sampled };
}

/** The header `baggage`; empty for no items. Their names must be tokens of HTTP. */
export function formatW3cBaggage(items: Iterable<readonly [string, string]>): string {
  return Array.from(items, ([name, value]) => `${name}=${percentEncode(value)}`).join(',');
}

/** Reads the header `baggage`. Properties behind a `;` are left out, and members that are no pair. */
export function parseW3cBaggage(text: string): [string, string][] {
  return text.split(',').flatMap((member): [string, string][] => {
    const [pair = ''] = member.split(';');
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(equals, 0)).trim();
    const value = pair.slice(equals + 1).trim();
    return name === '' ? [] : [[name, percentDecode(value) ?? value]];
  });
}
