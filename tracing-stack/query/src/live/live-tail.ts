import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Span } from '@spoor/model';
import { eventStream, type Logger } from '@spoor/platform';
import { type SpanReader, StorageError } from '@spoor/storage-api';

/** What a reader is told when spans have arrived since it was told last. */
export interface Arrived {
  readonly spans: number;
  /** At most `MOST_IDS`, each once. */
  readonly traceIds: readonly string[];
}

/** Tells pages as spans arrive in the store, whoever wrote them. */
export interface LiveTail {
  /**
   * Answers with server-sent events: `ready` from when on everything is told, `arrived` when spans of the service (or of
   * any, if it is empty) were written, and `failed` with a message while the store cannot say.
   */
  open(request: IncomingMessage, response: ServerResponse, serviceName: string): void;
  /** Ends every answer. */
  close(): Promise<void>;
}

/** So many spans are read of the store at once; if there are more, it is asked again at once. */
const MOST_SPANS = 2_000;
const MOST_IDS = 50;

/** The store is asked every `everyMs` while anybody listens, once for all of them. */
export function liveTail(
  reader: Pick<SpanReader, 'arrivals'>,
  logger: Logger,
  everyMs = 1_000,
): LiveTail {
  const events = eventStream<string>();
  const listening = new Map<ServerResponse, { readonly serviceName: string; isReady: boolean }>();
  let cursor: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let isFailing = false;
  let isClosed = false;

  async function look(): Promise<void> {
    try {
      cursor ??= (await reader.arrivals(undefined, 0)).cursor;
      greet();
      for (;;) {
        const { spans, cursor: next } = await reader.arrivals(cursor, MOST_SPANS);
        cursor = next;
        tell(spans);
        if (spans.length < MOST_SPANS || listening.size === 0) break;
      }
      isFailing = false;
    } catch (error) {
      fail(error as Error);
    }
  }

  function greet(): void {
    for (const [response, listener] of listening) {
      if (listener.isReady) continue;
      listener.isReady = true;
      events.sendTo(response, 'ready', {});
    }
  }

  function tell(spans: readonly Span[]): void {
    for (const [response, { serviceName, isReady }] of listening) {
      if (!isReady) continue;
      const own = spans.filter(
        ({ process }) => serviceName === '' || process.serviceName === serviceName,
      );
      if (own.length === 0) continue;
      const ids = new Set(own.map(({ traceId }) => traceId));
      const arrived: Arrived = { spans: own.length, traceIds: [...ids].slice(-MOST_IDS) };
      events.sendTo(response, 'arrived', arrived);
    }
  }

  /** What is asked next is the same, unless the store has no use for the cursor. */
  function fail(error: Error): void {
    if (error instanceof StorageError && error.code === 'corrupt') cursor = undefined;
    if (!isFailing) logger.warn({ err: error }, 'live tail: the store does not say what arrived');
    isFailing = true;
    for (const response of listening.keys())
      events.sendTo(response, 'failed', { message: error.message });
  }

  async function lookAgain(): Promise<void> {
    await look();
    if (isClosed) return;
    timer = setTimeout(() => {
      if (listening.size > 0) looking = lookAgain();
      else {
        // What arrives meanwhile is nobody's.
        cursor = undefined;
        looking = undefined;
      }
    }, everyMs);
  }

  return {
    open(request, response, serviceName) {
      events.open(request, response, serviceName);
      if (response.writableEnded) return;
      listening.set(response, { serviceName, isReady: false });
      response.once('close', () => listening.delete(response));
      looking ??= lookAgain();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      events.close();
      await looking;
    },
  };
}
