/** The name by which Jaeger's agents call a collector over TChannel. */
export const COLLECTOR_SERVICE = 'jaeger-collector';

/** What a collector serves there: arg1 of a call, as `Service::method`. */
export const CollectorMethod = {
  submitBatches: 'Collector::submitBatches',
  submitZipkinBatch: 'ZipkinCollector::submitZipkinBatch',
  getSamplingStrategy: 'SamplingManager::getSamplingStrategy',
} as const;
