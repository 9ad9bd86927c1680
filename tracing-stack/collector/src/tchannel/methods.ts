import {
  decodeSamplingArguments,
  decodeSubmitBatches,
  encodeSamplingResult,
  encodeSubmitResult,
} from '@spoor/wire';
import type { SamplingProvider } from '../sampling/sampling-provider.ts';
import type { SpanProcessor } from '../span-processor.ts';

/** Takes the struct of a call's arguments and resolves with that of its result. */
export type Method = (args: Uint8Array) => Promise<Uint8Array>;

/** The name by which Jaeger's agents call a collector. */
export const SERVICE = 'jaeger-collector';

/** What is served, as `Service::method`. */
export function collectorMethods(
  processor: SpanProcessor,
  sampling: Pick<SamplingProvider, 'strategyOf'>,
): ReadonlyMap<string, Method> {
  return new Map<string, Method>([
    ['Collector::submitBatches', submitBatches(processor)],
    [
      'SamplingManager::getSamplingStrategy',
      async (args) => encodeSamplingResult(sampling.strategyOf(decodeSamplingArguments(args))),
    ],
  ]);
}

/** Answers ok for each batch once all are stored. If one is not, the whole call is an error: nobody sends but one. */
function submitBatches(processor: SpanProcessor): Method {
  return async (args) => {
    const batches = readBatches(args, processor);
    const results = await Promise.allSettled(
      batches.map((batch) => processor.submit(batch, 'jaeger', 'tchannel')),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    return encodeSubmitResult(batches.map(() => true));
  };
}

function readBatches(args: Uint8Array, processor: SpanProcessor) {
  try {
    return decodeSubmitBatches(args);
  } catch (error) {
    processor.reject(error, 'tchannel');
    throw error;
  }
}
