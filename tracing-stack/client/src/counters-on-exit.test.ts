import { expect, test } from 'vitest';
import { initTracer } from './config/init-tracer.ts';
import { InMemoryReporter } from './reporters/in-memory-reporter.ts';
import { recordingLogger } from './testkit/recording-logger.ts';

// Number 99 is no open descriptor, and whatever a program has under a number that it merely inherited is left alone.
test.each(['99', '-1', 'x', '1.5'])('a descriptor %s that is no pipe is told', (text) => {
  const logger = recordingLogger();
  const config = { serviceName: 'x', sampler: { type: 'const', param: 1 } };
  const reporter = new InMemoryReporter();
  initTracer(config, { logger, reporter, env: { SPOOR_COUNTERS_FD: text } });
  expect(logger.lines).toEqual([`ERROR [client] SPOOR_COUNTERS_FD names no pipe: '${text}'`]);
});
