import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@spoor/platform';
import { binaryBatch, DecodeError, type EncodedBatch } from '@spoor/wire';
import { answerTo } from '../collector-error.ts';
import type { SpanProcessor } from '../span-processor.ts';
import { sendEmpty, sendError } from './go-answer.ts';
import { httpMessage } from './http-message.ts';
import { parseMediaType } from './media-type.ts';
import { type BodyLimits, readBody, withBody } from './read-body.ts';
import { RequestError } from './request-error.ts';
import { thriftErrorText } from './thrift-error-text.ts';

export interface PostTracesOptions extends BodyLimits {
  readonly processor: SpanProcessor;
  readonly logger: Logger;
}

/** Of binary Thrift; Jaeger takes no other encoding here, whatever `?format=` says. */
const CONTENT_TYPES: ReadonlySet<string> = new Set([
  'application/x-thrift',
  'application/vnd.apache.thrift.binary',
]);

/** `POST /api/traces`: a `Batch` of jaeger.thrift. Answers 202 once it is stored. */
export async function postTraces(
  request: IncomingMessage,
  response: ServerResponse,
  options: PostTracesOptions,
): Promise<void> {
  const { processor, logger } = options;
  try {
    checkContentType(request.headers['content-type'] ?? '');
    await withBody(request, options, readBody, (body) =>
      processor.submit(readBatch(body), 'jaeger', 'http', {
        message: httpMessage(request, 'jaeger-thrift', body),
        userAgent: request.headers['user-agent'],
      }),
    );
    sendEmpty(response, 202);
  } catch (error) {
    if (error instanceof RequestError) processor.reject(error, 'http');
    const status = answerTo(error).http;
    const reason = reasonFor(error);
    logger.debug({ peer: request.socket.remoteAddress, status, reason }, 'batch refused');
    sendError(response, status, reason);
  }
}

/** Throws a `RequestError`. */
function readBatch(body: Buffer): EncodedBatch {
  const batch = binaryBatch(body);
  try {
    batch.index();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const message = `Unable to process request body: ${thriftErrorText(body, error)}`;
    throw new RequestError('unreadable', message, error);
  }
  return batch;
}

function checkContentType(text: string): void {
  let type: string;
  try {
    type = parseMediaType(text);
  } catch (error) {
    const message = `Cannot parse content type: ${(error as SyntaxError).message}`;
    throw new RequestError('unsupported-type', message, error);
  }
  if (CONTENT_TYPES.has(type)) return;
  throw new RequestError('unsupported-type', `Unsupported content type: ${type}`);
}

function reasonFor(error: unknown): string {
  if (error instanceof RequestError) return error.answer;
  const message = error instanceof Error ? error.message : String(error);
  return `Cannot submit Jaeger batch: ${message}`;
}
