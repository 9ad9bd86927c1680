import {
  CollectorMethod,
  decodeSamplingArguments,
  decodeSubmitBatches,
  decodeSubmitZipkinBatch,
  type EncodedBatch,
  encodeSamplingResult,
  encodeSubmitResult,
  type WireMessage,
} from '@spoor/wire';
import type { SamplingProvider } from '../sampling/sampling-provider.ts';
import type { SpanProcessor } from '../span-processor.ts';

/** Takes the struct of a call's arguments, and what carried it if that is kept. Resolves with the struct of its result. */
export type Method = (args: Uint8Array, message?: WireMessage) => Promise<Uint8Array>;

/** What is served, as `Service::method`. */
export function collectorMethods(
  processor: SpanProcessor,
  sampling: Pick<SamplingProvider, 'strategyOf'>,
): ReadonlyMap<string, Method> {
  return new Map<string, Method>([
    [
      CollectorMethod.submitBatches,
      submit(processor, 'jaeger', decodeSubmitBatches, (batches) => batches.length),
    ],
    [
      CollectorMethod.submitZipkinBatch,
      submit(
        processor,
        'zipkin',
        (args) => [decodeSubmitZipkinBatch(args)],
        ([batch]) => batch?.index().count ?? 0,
      ),
    ],
    [
      CollectorMethod.getSamplingStrategy,
      async (args) => encodeSamplingResult(sampling.strategyOf(decodeSamplingArguments(args))),
    ],
  ]);
}

/** Answers ok, so often as `count` says (for each batch, for each of Zipkin's spans), once all are stored. If one is not, the whole call is an error: nobody sends but one. */
function submit(
  processor: SpanProcessor,
  format: 'jaeger' | 'zipkin',
  decode: (args: Uint8Array) => readonly EncodedBatch[],
  count: (batches: readonly EncodedBatch[]) => number,
): Method {
  return async (args, message) => {
    const batches = read(args, decode, processor);
    const ids = () => Buffer.concat(batches.map((batch) => batch.index().traceIds));
    const traceIds = batches.length > 1 && message ? ids() : undefined;
    const results = await Promise.allSettled(
      batches.map((batch, i) =>
        processor.submit(batch, format, 'tchannel', i === 0 ? { message, traceIds } : {}),
      ),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    return encodeSubmitResult(Array<boolean>(count(batches)).fill(true));
  };
}

function read(
  args: Uint8Array,
  decode: (args: Uint8Array) => readonly EncodedBatch[],
  processor: SpanProcessor,
): readonly EncodedBatch[] {
  try {
    return decode(args);
  } catch (error) {
    processor.reject(error, 'tchannel');
    throw error;
  }
}
