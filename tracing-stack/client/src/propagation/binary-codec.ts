import { ZERO_SPAN_ID } from '@spoor/model';
import { decodeBinaryContext, encodeBinaryContext } from '@spoor/wire';
import { SamplingState } from '../sampling-state.ts';
import { baggageOf, NO_IDS, SpanContext } from '../span-context.ts';
import { asCarrier } from './carrier.ts';
import { CarrierError, type Codec } from './codec.ts';

/** Bytes in a carrier's property `buffer`, as opentracing's `BinaryCarrier` has it, in Jaeger's layout. */
export const binaryCodec: Codec = {
  inject(context, carrier) {
    (asCarrier(carrier) as { buffer: unknown }).buffer = encodeBinaryContext({
      context,
      baggage: context.baggage,
    });
  },
  extract(carrier) {
    const bytes = bytesOf(asCarrier(carrier));
    if (bytes.length === 0) return undefined;
    const { context, baggage: items } = decodeBinaryContext(bytes);
    const baggage = baggageOf(items);
    if (context.traceId !== ZERO_SPAN_ID && context.spanId !== ZERO_SPAN_ID) {
      return new SpanContext(context, new SamplingState(context.flags), baggage);
    }
    if (baggage.size === 0) return undefined;
    return new SpanContext(NO_IDS, new SamplingState(0, false), baggage);
  },
};

/** A carrier without bytes holds nothing; one whose `buffer` is no bytes is none. */
function bytesOf(carrier: object): Uint8Array {
  const content: unknown = (carrier as { buffer?: unknown }).buffer;
  if (carrier instanceof Uint8Array) return carrier;
  if (content === undefined || content === null) return new Uint8Array();
  if (content instanceof Uint8Array || Array.isArray(content)) return Uint8Array.from(content);
  if (content instanceof ArrayBuffer) return new Uint8Array(content);
  throw new CarrierError('not-a-carrier', 'the buffer of a binary carrier holds bytes');
}
