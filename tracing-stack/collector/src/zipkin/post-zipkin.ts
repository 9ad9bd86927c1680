import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@spoor/platform';
import {
  DecodeError,
  decodeZipkinV1Json,
  decodeZipkinV1Thrift,
  decodeZipkinV2Json,
  decodeZipkinV2Proto,
  type EncodedBatch,
  type WireLayout,
} from '@spoor/wire';
import { answerTo } from '../collector-error.ts';
import { readDecompressed } from '../http/decompress.ts';
import { sendEmpty, sendError } from '../http/go-answer.ts';
import { httpMessage } from '../http/http-message.ts';
import { type BodyLimits, withBody } from '../http/read-body.ts';
import { RequestError } from '../http/request-error.ts';
import type { SpanProcessor } from '../span-processor.ts';

export interface PostZipkinOptions extends BodyLimits {
  readonly processor: SpanProcessor;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * Zipkin's spans, by any method and on any path, as Jaeger takes them: a path with `api/v1/spans` in it is of version 1,
 * every other of version 2. Answers 202 once they are stored.
 */
export async function postZipkin(
  request: IncomingMessage,
  response: ServerResponse,
  options: PostZipkinOptions,
): Promise<void> {
  const { processor, logger } = options;
  try {
    await withBody(request, options, readDecompressed, (body) => {
      const layout = layoutOf(request);
      return processor.submit(readBatch(layout, body, options.clock()), 'zipkin', 'http', {
        message: httpMessage(request, layout, body),
        userAgent: request.headers['user-agent'],
      });
    });
    sendEmpty(response, 202);
  } catch (error) {
    if (error instanceof RequestError) processor.reject(error, 'http');
    const status = answerTo(error).http;
    const reason = reasonFor(error);
    logger.debug({ peer: request.socket.remoteAddress, status, reason }, 'Zipkin batch refused');
    sendError(response, status, reason);
  }
}

/** Throws a `RequestError`. */
function readBatch(layout: ZipkinLayout, body: Buffer, now: number): EncodedBatch {
  try {
    return DECODERS[layout](body, now);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new RequestError('unreadable', error.reason, error);
  }
}

type ZipkinLayout = Extract<WireLayout, `zipkin-${string}`>;

const DECODERS: Readonly<Record<ZipkinLayout, (body: Buffer, now: number) => EncodedBatch>> = {
  'zipkin-thrift': decodeZipkinV1Thrift,
  'zipkin-v1-json': decodeZipkinV1Json,
  'zipkin-proto': decodeZipkinV2Proto,
  'zipkin-v2-json': decodeZipkinV2Json,
};

/** By the path and the type; what is of no known type is JSON. */
function layoutOf({ url = '', headers }: IncomingMessage): ZipkinLayout {
  const [path = ''] = url.split('?', 1);
  const [type = ''] = (headers['content-type'] ?? '').split(';', 1);
  const name = type.trim().toLowerCase();
  if (path.includes('api/v1/spans'))
    return name === 'application/x-thrift' ? 'zipkin-thrift' : 'zipkin-v1-json';
  return name === 'application/x-protobuf' ? 'zipkin-proto' : 'zipkin-v2-json';
}

function reasonFor(error: unknown): string {
  if (error instanceof RequestError) return error.answer;
  const message = error instanceof Error ? error.message : String(error);
  return `Cannot submit Zipkin batch: ${message}`;
}
