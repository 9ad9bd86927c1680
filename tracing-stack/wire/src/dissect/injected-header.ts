import { parseTraceId } from '@spoor/model';
import type { WireLayout } from '../messages/wire-message.ts';
import type { DissectedSpan, Role } from './part.ts';

/** A header by which a span's identity went on, cut into what it says. */
export interface InjectedHeader {
  readonly name: 'uber-trace-id' | 'traceparent' | 'b3';
  /** Joined they are its value. Punctuation has no role. */
  readonly pieces: readonly { readonly text: string; readonly role?: Role }[];
}

/**
 * What a tracer that reports in this layout injects for calls of the span: Jaeger's, W3C's or Zipkin's header. It is made
 * from the span, so padding is that of jaeger-client-go. A span that was reported was sampled.
 */
export function injectedHeader(layout: WireLayout, span: DissectedSpan): InjectedHeader {
  const { spanId, parentId, flags = 1 } = span;
  const trace = { text: span.traceId as string, role: 'traceId' } as const;
  const own = { text: spanId as string, role: 'spanId' } as const;
  if (layout.startsWith('otlp')) {
    const sampled = {
      text: (flags & 0xff || 1).toString(16).padStart(2, '0'),
      role: 'flags',
    } as const;
    const long = { ...trace, text: trace.text.padStart(32, '0') };
    return {
      name: 'traceparent',
      pieces: [{ text: '00-' }, long, { text: '-' }, own, { text: '-' }, sampled],
    };
  }
  const hasParent = parseTraceId(parentId) !== undefined && !/^0*$/.test(parentId);
  const parent = { text: parentId as string, role: 'parentId' } as const;
  if (layout.startsWith('zipkin')) {
    const sampled = { text: (flags & 2) !== 0 ? 'd' : '1', role: 'flags' } as const;
    return {
      name: 'b3',
      pieces: [
        ...[trace, { text: '-' }, own, { text: '-' }, sampled],
        ...(hasParent ? [{ text: '-' }, parent] : []),
      ],
    };
  }
  const colon = { text: ':' };
  const last = { text: flags.toString(16), role: 'flags' } as const;
  return { name: 'uber-trace-id', pieces: [trace, colon, own, colon, parent, colon, last] };
}
