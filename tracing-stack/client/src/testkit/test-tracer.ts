import { InMemoryReporter } from '../reporters/in-memory-reporter.ts';
import { constSampler } from '../samplers/const-sampler.ts';
import { Tracer, type TracerOptions } from '../tracer.ts';
import { recordingLogger } from './recording-logger.ts';

/** A tracer that keeps its spans, samples everything, and numbers its ids `0…1`, `0…2`. */
export function testTracer(options: Partial<TracerOptions> = {}) {
  const reporter = new InMemoryReporter();
  const logger = recordingLogger();
  let last = 0;
  const tracer = new Tracer({
    serviceName: 'test',
    sampler: constSampler(true),
    reporter,
    logger,
    randomId: () => (++last).toString(16).padStart(16, '0'),
    ...options,
  });
  return { tracer, spans: reporter.spans, lines: logger.lines };
}
