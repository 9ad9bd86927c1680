import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@spoor/platform';
import {
  DecodeError,
  decodeOtlpJson,
  decodeOtlpProto,
  type EncodedBatch,
  type WireLayout,
} from '@spoor/wire';
import { answerTo } from '../collector-error.ts';
import { readDecompressed } from '../http/decompress.ts';
import { RETRY_AFTER_SECONDS } from '../http/go-answer.ts';
import { httpMessage } from '../http/http-message.ts';
import { parseMediaType } from '../http/media-type.ts';
import { type BodyLimits, withBody } from '../http/read-body.ts';
import { RequestError } from '../http/request-error.ts';
import type { SpanProcessor } from '../span-processor.ts';
import { EXPORT_RESPONSE, rpcStatusJson, rpcStatusOf, rpcStatusProto } from './export-answer.ts';

export interface PostOtlpOptions extends BodyLimits {
  readonly processor: SpanProcessor;
  readonly logger: Logger;
}

/** One of the two forms of a request, in which it is also answered. */
interface Encoding {
  readonly type: string;
  readonly layout: WireLayout;
  readonly decode: (body: Uint8Array) => EncodedBatch;
  readonly success: Buffer;
  readonly failure: typeof rpcStatusJson;
}

const JSON_ENCODING: Encoding = {
  type: 'application/json',
  layout: 'otlp-json',
  decode: decodeOtlpJson,
  success: EXPORT_RESPONSE.json,
  failure: rpcStatusJson,
};
const PROTO_ENCODING: Encoding = {
  type: 'application/x-protobuf',
  layout: 'otlp-proto',
  decode: decodeOtlpProto,
  success: EXPORT_RESPONSE.proto,
  failure: rpcStatusProto,
};
const ENCODINGS = [JSON_ENCODING, PROTO_ENCODING];

/** `POST /v1/traces`: an `ExportTraceServiceRequest`. Answers 200 once it is stored. */
export async function postOtlp(
  request: IncomingMessage,
  response: ServerResponse,
  options: PostOtlpOptions,
): Promise<void> {
  const encoding = encodingOf(request.headers['content-type'] ?? '');
  if (request.method !== 'POST') {
    send(response, 405, 'text/plain', Buffer.from('405 method not allowed, supported: [POST]'));
  } else if (encoding === undefined) {
    const supported = ENCODINGS.map(({ type }) => type).join(', ');
    const text = `415 unsupported media type, supported: [${supported}]`;
    send(response, 415, 'text/plain', Buffer.from(text));
  } else await exportTraces(request, response, encoding, options);
}

function encodingOf(contentType: string): Encoding | undefined {
  try {
    const type = parseMediaType(contentType);
    return ENCODINGS.find((encoding) => encoding.type === type);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function exportTraces(
  request: IncomingMessage,
  response: ServerResponse,
  encoding: Encoding,
  options: PostOtlpOptions,
): Promise<void> {
  const { processor, logger } = options;
  const { type, success, failure } = encoding;
  try {
    await withBody(request, options, readDecompressed, (body) =>
      processor.submit(readBatch(body, encoding), 'otlp', 'http', {
        message: httpMessage(request, encoding.layout, body),
        userAgent: request.headers['user-agent'],
      }),
    );
    send(response, 200, type, success);
  } catch (error) {
    if (error instanceof RequestError) processor.reject(error, 'http');
    const answer = rpcStatusOf(error);
    const status = answerTo(error).http;
    logger.debug({ peer: request.socket.remoteAddress, status, ...answer }, 'OTLP batch refused');
    if (status === 503) response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
    send(response, status, type, failure(answer));
  }
}

/** Throws a `RequestError`. */
function readBatch(body: Buffer, { decode }: Encoding): EncodedBatch {
  try {
    return decode(body);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new RequestError('unreadable', error.reason, error);
  }
}

function send(response: ServerResponse, status: number, type: string, body: Buffer): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': body.length });
  response.end(body);
}
