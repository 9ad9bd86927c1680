import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SpanId, TraceId } from '@spoor/model';
import { formatHostPort } from '@spoor/platform';
import {
  dissect,
  type InjectedHeader,
  injectedHeader,
  type KeptMessage,
  type MessageSource,
  type Part,
  type RingState,
  spansWithin,
} from '@spoor/wire';

/** More are counted, and not looked into. */
const MOST_MESSAGES = 200;

/** A message without its bytes. */
export interface MessageHead {
  /** Its place among the sources. */
  readonly source: number;
  /** Of the source's own. */
  readonly number: number;
  readonly transport: KeptMessage['transport'];
  readonly port: number;
  readonly layout: KeptMessage['layout'];
  /** `ADDRESS:PORT` */
  readonly sender: string;
  /** Method and path, or the method that was called. */
  readonly request: string;
  /** Of its bytes, without compression. */
  readonly size: number;
  readonly compressed?: KeptMessage['compressed'];
  /** Milliseconds since 1970. */
  readonly arrived: number;
  /** How many spans it carries, of any trace. */
  readonly spanCount: number;
}

/** What is known of the messages that carried a trace. */
export interface MessageList {
  /** Whom the query service asks. With an `error` where one could not be asked. */
  readonly sources: readonly (
    | { readonly name: string; readonly state: RingState }
    | { readonly name: string; readonly error: string }
  )[];
  /** In the order of their arrival, with the ids of the trace's spans in each. */
  readonly messages: readonly (MessageHead & { readonly spanIds: readonly SpanId[] })[];
  /** How many there are beyond those. */
  readonly more: number;
}

/** One message with all that its bytes say of the trace. */
export interface ReadMessage extends MessageHead {
  /** base64. The first `rebuilt` of them did not come with the others. */
  readonly bytes: string;
  readonly rebuilt: number;
  readonly parts: readonly Part[];
  readonly spans: readonly {
    /** Its place among the parts. */
    readonly part: number;
    readonly spanId: SpanId;
    readonly header: InjectedHeader;
  }[];
}

/** Asks all of them what they have of the trace. Rejects only if `signal` is aborted. */
export async function listMessages(
  sources: readonly MessageSource[],
  traceId: TraceId,
  signal: AbortSignal,
): Promise<MessageList> {
  const asked = await Promise.allSettled(sources.map((source) => source.carrying(traceId, signal)));
  const found = asked.flatMap((answer, source) =>
    answer.status === 'fulfilled'
      ? answer.value.messages.map((message) => ({ source, message }))
      : [],
  );
  found.sort((a, b) => a.message.arrived - b.message.arrived);
  const messages = [];
  for (const { source, message } of found.slice(0, MOST_MESSAGES)) {
    const spans = spansWithin(message.layout, message.bytes, traceId);
    messages.push({ ...headOf(source, message), spanIds: spans.map(({ spanId }) => spanId) });
    await nextTurn();
    signal.throwIfAborted();
  }
  return {
    sources: sources.map(({ name }, i) => {
      const answer = asked[i];
      return answer?.status === 'fulfilled'
        ? { name, state: answer.value.state }
        : { name, error: reasonOf(answer?.reason) };
    }),
    messages,
    more: found.length - messages.length,
  };
}

/** `undefined` if the source does not have it any more. Rejects if it cannot be asked. */
export async function readMessage(
  source: MessageSource | undefined,
  place: { readonly source: number; readonly number: number },
  traceId: TraceId,
  signal: AbortSignal,
): Promise<ReadMessage | undefined> {
  const { messages = [] } = (await source?.carrying(traceId, signal)) ?? {};
  const message = messages.find(({ number }) => number === place.number);
  if (message === undefined) return undefined;
  const { layout } = message;
  const { bytes, rebuilt, parts, spans } = dissect(layout, message.bytes, traceId);
  return {
    ...headOf(place.source, message),
    bytes: Buffer.from(bytes).toString('base64'),
    rebuilt,
    parts,
    spans: spans.map((span) => ({
      part: span.part,
      spanId: span.spanId,
      header: injectedHeader(layout, span),
    })),
  };
}

function headOf(
  source: number,
  {
    number,
    transport,
    port,
    layout,
    sender,
    request,
    bytes,
    compressed,
    arrived,
    spanCount,
  }: KeptMessage,
): MessageHead {
  return {
    source,
    number,
    transport,
    port,
    layout,
    sender: formatHostPort({ host: sender.address, port: sender.port }),
    request,
    size: bytes.length,
    ...(compressed && { compressed }),
    arrived,
    spanCount,
  };
}

/** `fetch` says why in the cause. */
function reasonOf(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  return reason.cause instanceof Error ? reason.cause.message : reason.message;
}
