/** What came over the wire about a trace, in headers or metadata. */
export interface CarriedContext {
  /** Padded to 16 digits, or 32. */
  readonly traceId: string;
  readonly spanId: string;
}

/** Keys are in lower case; one that came several times has several values. */
export type CarriedKeys = Readonly<Record<string, readonly string[]>>;

export const CONTEXT_KEY = 'uber-trace-id';
export const BAGGAGE_PREFIX = 'uberctx-';

/** The context that was sent along; `undefined` if there was none, or none that could be read. */
export function carriedContext(keys: CarriedKeys): CarriedContext | undefined {
  return readContext(keys[CONTEXT_KEY]?.at(-1) ?? '');
}

/** The key under which a context came that is none of Jaeger's. */
export function otherContext(keys: CarriedKeys): string | undefined {
  return Object.keys(keys).find((key) => keys[key]?.some((text) => readContext(text)));
}

function readContext(text: string): CarriedContext | undefined {
  const [, traceId, spanId] =
    /^([0-9a-f]{1,32}):([0-9a-f]{1,16}):[0-9a-f]{1,16}:[0-9a-f]{1,2}$/i.exec(unescaped(text)) ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return { traceId: padded(traceId), spanId: padded(spanId) };
}

/** The baggage item that was sent along, as its sender wrote it. */
export function carriedBaggage(keys: CarriedKeys, key: string): string | undefined {
  const value = keys[BAGGAGE_PREFIX + key]?.at(-1);
  return value === undefined ? undefined : unescaped(value);
}

/** The names of all baggage items that were sent along. */
export function carriedItems(keys: CarriedKeys): string[] {
  return Object.keys(keys)
    .filter((key) => key.startsWith(BAGGAGE_PREFIX))
    .map((key) => key.slice(BAGGAGE_PREFIX.length));
}

function padded(id: string): string {
  return id.toLowerCase().padStart(id.length > 16 ? 32 : 16, '0');
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
