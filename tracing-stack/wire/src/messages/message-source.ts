import { parseTraceId, type TraceId } from '@spoor/model';
import type { KeptMessage, MessageRing, RingState } from './message-ring.ts';

/** What somebody still has of a trace's messages. */
export interface TraceMessages {
  readonly state: RingState;
  readonly messages: readonly KeptMessage[];
}

/** Somebody who takes spans and keeps what carried them. */
export interface MessageSource {
  /** Its address, or what it is. */
  readonly name: string;
  /** Rejects with the reason if it cannot be asked. */
  carrying(traceId: TraceId, signal: AbortSignal): Promise<TraceMessages>;
}

/** A ring in this process. */
export function ringSource(name: string, ring: MessageRing): MessageSource {
  return {
    name,
    carrying: async (traceId) => ({ state: ring.state(), messages: ring.carrying(traceId) }),
  };
}

/** What an agent or a collector answers to `/wire?traceID=ID` on its admin port. */
export function wireAnswer(
  ring: MessageRing,
  parameters: URLSearchParams,
): { readonly status: number; readonly json: string } {
  const traceId = parseTraceId(parameters.get('traceID') ?? '');
  if (traceId === undefined)
    return { status: 400, json: JSON.stringify({ error: 'traceID is no trace id' }) };
  const told = { state: ring.state(), messages: ring.carrying(traceId) };
  return { status: 200, json: traceMessagesJson(told) };
}

/** JSON, in which bytes are base64. */
export function traceMessagesJson({ state, messages }: TraceMessages): string {
  const shown = messages.map((message) => ({
    ...message,
    bytes: Buffer.from(message.bytes).toString('base64'),
  }));
  return JSON.stringify({ state, messages: shown });
}

/** Reads it back. Throws `SyntaxError` if it is something else. */
export function parseTraceMessages(text: string): TraceMessages {
  const told = JSON.parse(text) as Partial<TraceMessages> | null;
  if (typeof told?.state?.maxBytes !== 'number' || !Array.isArray(told.messages))
    throw new SyntaxError('no list of messages');
  const messages = told.messages as (Omit<KeptMessage, 'bytes'> & { readonly bytes: string })[];
  return {
    state: told.state,
    messages: messages.map((message) => ({
      ...message,
      bytes: Buffer.from(message.bytes, 'base64'),
    })),
  };
}
