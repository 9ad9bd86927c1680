import { type TraceJson, zipkinSpans } from '@spoor/analysis';
import { QueryError } from '../api/query-client.ts';

/** Lets the browser save a text as a file. */
export function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // Not at once: the browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export const zipkinText = (trace: TraceJson): string => JSON.stringify(zipkinSpans(trace), null, 2);

/** A stored trace as one request of OTLP. Rejects with `QueryError`. */
export async function otlpText(base: string, traceId: string): Promise<string> {
  const response = await fetch(new URL(`api/v3/traces/${encodeURIComponent(traceId)}`, base));
  const text = await response.text();
  if (!response.ok) throw new QueryError(text.trim(), response.status);
  const [before, after] = ['{"result":', '}'];
  // Cut and not parsed: the numbers stay as they are.
  if (!text.startsWith(before)) throw new QueryError(text.slice(0, 200), response.status);
  return text.slice(before.length, text.lastIndexOf(after));
}
