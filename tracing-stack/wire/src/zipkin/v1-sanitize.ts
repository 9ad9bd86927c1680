import { type Micros, ZERO_SPAN_ID } from '@spoor/model';
import {
  CLIENT_RECEIVE,
  CLIENT_SEND,
  SERVER_RECEIVE,
  type V1BinaryAnnotation,
  type V1Span,
  type V1Value,
} from './v1-span.ts';

/** The span with what Jaeger's agent mends before it translates one: start, duration, parent, `error`. In this order. */
export function sanitizeV1Span(span: V1Span): V1Span {
  return withErrorTag(withoutZeroParent(withDuration(withStart(span))));
}

/** A span that says no start begins when its client sent, else (a root) when its server received. */
function withStart(span: V1Span): V1Span {
  if (span.timestamp !== undefined) return span;
  const { annotations, parentId } = span;
  const sent = annotations.find(({ value }) => value === CLIENT_SEND);
  const received =
    parentId === undefined
      ? annotations.findLast(({ value }) => value === SERVER_RECEIVE)
      : undefined;
  return { ...span, timestamp: (sent ?? received)?.timestamp };
}

/** What a span lasts at least. */
const SHORTEST: Micros = 1;

/** A span that says no duration lasts from its first annotation to its last; a negative one is kept as a tag. */
function withDuration(span: V1Span): V1Span {
  const { duration, annotations } = span;
  if (duration === undefined) {
    const first = annotations.findLast(({ value }) => value === CLIENT_SEND) ?? annotations[0];
    const last =
      annotations.findLast(({ value }) => value === CLIENT_RECEIVE) ?? annotations.at(-1);
    if (first === undefined || last === undefined || annotations.length < 2)
      return { ...span, duration: SHORTEST };
    const length = last.timestamp - first.timestamp;
    if (length <= 0) return { ...span, duration: SHORTEST };
    return { ...span, duration: length, timestamp: span.timestamp ?? first.timestamp };
  }
  if (duration >= 0) return span;
  return withTag({ ...span, duration: SHORTEST }, 'errNegativeDuration', String(duration));
}

/** Zipkin's root has no parent; some clients say that it is 0. */
function withoutZeroParent(span: V1Span): V1Span {
  if (span.parentId !== ZERO_SPAN_ID) return span;
  return withTag({ ...span, parentId: undefined }, 'errZeroParentID', '0');
}

/** `error` is true or false in Jaeger; a text of its own becomes `error.message`. */
function withErrorTag(span: V1Span): V1Span {
  const messages: V1BinaryAnnotation[] = [];
  const binaryAnnotations = span.binaryAnnotations.map((tag) => {
    if (tag.key.toLowerCase() !== 'error' || typeof tag.value === 'boolean') return tag;
    const text = textOf(tag.value);
    const isFalse = text.toLowerCase() === 'false';
    if (text !== '' && text.toLowerCase() !== 'true' && !isFalse)
      messages.push({ key: 'error.message', value: text, host: undefined });
    return { ...tag, value: !isFalse };
  });
  return { ...span, binaryAnnotations: [...binaryAnnotations, ...messages] };
}

function textOf(value: V1Value): string {
  if (typeof value !== 'object') return String(value);
  const bytes = value instanceof Uint8Array ? value : value.bytes;
  return Buffer.from(bytes).toString();
}

function withTag(span: V1Span, key: string, value: string): V1Span {
  const tag = { key, value, host: undefined };
  return { ...span, binaryAnnotations: [...span.binaryAnnotations, tag] };
}
