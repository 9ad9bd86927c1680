import { answerOf, QueryError } from '../../api/query-client.ts';

/** Of a span's identity. */
export type Role = 'traceId' | 'spanId' | 'parentId' | 'flags';

/** How the bytes of a message are laid out. */
export type Layout =
  | 'thrift-compact-call'
  | 'thrift-binary-call'
  | 'jaeger-thrift'
  | 'zipkin-thrift'
  | 'zipkin-v1-json'
  | 'zipkin-v2-json'
  | 'zipkin-proto'
  | 'otlp-json'
  | 'otlp-proto'
  | 'otlp-grpc'
  | 'jaeger-grpc'
  | 'tchannel-call';

/** Somebody who may keep messages. Times in milliseconds since 1970. */
export interface Source {
  readonly name: string;
  readonly error?: string;
  readonly state?: {
    readonly maxBytes: number;
    readonly messages: number;
    readonly forgotten: number;
    /** Nothing is missing that came later. */
    readonly completeSince: number;
  };
}

export interface MessageHead {
  readonly source: number;
  readonly number: number;
  readonly transport: 'udp' | 'http' | 'grpc' | 'tchannel';
  readonly port: number;
  readonly layout: Layout;
  readonly sender: string;
  readonly request: string;
  readonly size: number;
  readonly compressed?: { readonly by: string; readonly bytes: number };
  /** Milliseconds since 1970. */
  readonly arrived: number;
  readonly spanCount: number;
}

export interface ListedMessage extends MessageHead {
  readonly spanIds: readonly string[];
}

export interface MessageList {
  readonly sources: readonly Source[];
  readonly messages: readonly ListedMessage[];
  readonly more: number;
}

/** One thing that a message says, and the bytes that say it. */
export interface Part {
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  readonly valueStart?: number;
  readonly name: string;
  readonly id?: number;
  readonly type: string;
  readonly value?: string;
  readonly role?: Role;
}

export interface WireSpan {
  /** Its place among the parts. */
  readonly part: number;
  readonly spanId: string;
  readonly header: {
    readonly name: string;
    readonly pieces: readonly { readonly text: string; readonly role?: Role }[];
  };
}

export interface Message extends MessageHead {
  readonly bytes: Uint8Array;
  /** So many of the first bytes did not come with the others. */
  readonly rebuilt: number;
  /** Each before those that lie in it. */
  readonly parts: readonly Part[];
  readonly spans: readonly WireSpan[];
}

/** Reads what the query service knows of the messages that carried a trace. Both reject with `QueryError`, or `AbortError`. */
export function wireClient(base: string, fetch = globalThis.fetch) {
  async function get<T>(path: string, signal: AbortSignal): Promise<T> {
    const { status, text } = await answerOf(fetch, new URL(`api/wire/${path}`, base), signal);
    // Errors are a line of text.
    if (status !== 200) throw new QueryError(text.trim() || `HTTP ${status}`, status);
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new QueryError('the answer is not JSON', status, { cause });
    }
  }
  return {
    list: (traceId: string, signal: AbortSignal) => get<MessageList>(traceId, signal),
    async message(traceId: string, head: MessageHead, signal: AbortSignal): Promise<Message> {
      const path = `${traceId}/${head.source}/${head.number}`;
      const read = await get<Omit<Message, 'bytes'> & { bytes: string }>(path, signal);
      const bytes = Uint8Array.from(atob(read.bytes), (letter) => letter.charCodeAt(0));
      return { ...read, bytes };
    },
  };
}

export type WireClient = ReturnType<typeof wireClient>;
