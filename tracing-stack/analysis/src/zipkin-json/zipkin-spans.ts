import { parentReferenceAt } from '@spoor/model';
import type { KeyValueJson, LogJson, SpanJson, TraceJson } from '../jaeger-json/jaeger-json.ts';
import { micros } from '../jaeger-json/trace-spans.ts';
import { signedDuration } from '../tree/trace-span.ts';

/** A span as Zipkin's API v2 has it (zipkin2-api.yaml). Times in microseconds. */
export interface ZipkinSpanJson {
  readonly traceId: string;
  readonly id: string;
  readonly parentId?: string;
  readonly name: string;
  readonly kind?: 'CLIENT' | 'SERVER' | 'PRODUCER' | 'CONSUMER';
  readonly timestamp: number;
  readonly duration?: number;
  readonly localEndpoint: ZipkinEndpointJson;
  readonly remoteEndpoint?: ZipkinEndpointJson;
  readonly annotations?: readonly { readonly timestamp: number; readonly value: string }[];
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ZipkinEndpointJson {
  readonly serviceName?: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly port?: number;
}

/**
 * A trace in Zipkin's JSON. Zipkin's tags are texts, and of a key that is there twice the last stays; it has no references
 * but the parent, no tags of a process (which become tags of each span), and of a log one text.
 */
export function zipkinSpans({ spans, processes }: TraceJson): ZipkinSpanJson[] {
  return spans.map((span) => {
    const process = processes[span.processID];
    const own = texts(process?.tags);
    const tags = texts(span.tags);
    const { 'span.kind': kind, ...others } = tags;
    const kinds = KINDS[kind ?? ''];
    const duration = signedDuration(micros(span.duration));
    const remote = remoteEndpoint(tags);
    const annotations = (span.logs ?? []).map(annotation);
    const { ip = '', ...processTags } = own;
    const kept = { ...processTags, ...(kinds ? others : tags) };
    const parentId = parentOf(span);
    return {
      traceId: span.traceID,
      id: span.spanID,
      ...(parentId !== undefined && { parentId }),
      name: span.operationName,
      ...(kinds && { kind: kinds }),
      timestamp: micros(span.startTime),
      // Zipkin knows no span of no time.
      ...(duration > 0 && { duration }),
      localEndpoint: { serviceName: process?.serviceName ?? '', ...address(ip) },
      ...(remote && { remoteEndpoint: remote }),
      ...(annotations.length > 0 && { annotations }),
      ...(Object.keys(kept).length > 0 && { tags: kept }),
    };
  });
}

const KINDS: Readonly<Record<string, NonNullable<ZipkinSpanJson['kind']>>> = {
  client: 'CLIENT',
  server: 'SERVER',
  producer: 'PRODUCER',
  consumer: 'CONSUMER',
};

function parentOf({ references, traceID }: SpanJson): string | undefined {
  const all = references ?? [];
  return all[parentReferenceAt(all, (reference) => reference.traceID === traceID)]?.spanID;
}

const texts = (tags: readonly KeyValueJson[] | null | undefined): Record<string, string> =>
  Object.fromEntries((tags ?? []).map(({ key, value }) => [key, String(value ?? '')]));

function remoteEndpoint(tags: Readonly<Record<string, string>>): ZipkinEndpointJson | undefined {
  const port = Number(tags['peer.port']);
  const endpoint = {
    ...(tags['peer.service'] && { serviceName: tags['peer.service'] }),
    ...address(tags['peer.ipv4'] ?? tags['peer.ipv6'] ?? ''),
    ...(port > 0 && { port }),
  };
  return Object.keys(endpoint).length > 0 ? endpoint : undefined;
}

function address(ip: string): ZipkinEndpointJson {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(ip)) return { ipv4: ip };
  return ip.includes(':') ? { ipv6: ip } : {};
}

/** The event alone, or all fields as JSON. */
function annotation({ timestamp, fields }: LogJson): { timestamp: number; value: string } {
  const all = texts(fields);
  const [event] = Object.keys(all).length === 1 ? [all['event'] ?? all['message']] : [];
  return { timestamp: micros(timestamp), value: event ?? JSON.stringify(all) };
}
