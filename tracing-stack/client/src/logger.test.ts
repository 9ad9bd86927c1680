import { expect, test } from 'vitest';
import { complainOnce, createStdLogger } from './logger.ts';
import { compositeReporter } from './reporters/composite-reporter.ts';
import { InMemoryReporter } from './reporters/in-memory-reporter.ts';
import { loggingReporter } from './reporters/logging-reporter.ts';
import { recordingLogger } from './testkit/recording-logger.ts';
import { testTracer } from './testkit/test-tracer.ts';

test("lines look like those of Go's standard logger", () => {
  const lines: string[] = [];
  const logger = createStdLogger(
    (line) => lines.push(line),
    () => new Date(2026, 10, 2, 7, 8, 9),
  );
  logger.info('Initializing logging reporter');
  logger.error('no');
  expect(lines).toEqual([
    '2026/11/02 07:08:09 Initializing logging reporter\n',
    '2026/11/02 07:08:09 no\n',
  ]);
});

test('each kind of problem is told once', () => {
  const logger = recordingLogger();
  const complain = complainOnce(logger);
  complain('a', 'first');
  complain('a', 'second');
  complain('b', 'third');
  expect(logger.lines).toEqual([
    'ERROR [client] first; more of this kind is only counted',
    'ERROR [client] third; more of this kind is only counted',
  ]);
});

test('the logging reporter says each span in the words of jaeger-client-go', () => {
  const logger = recordingLogger();
  const kept = new InMemoryReporter();
  const { tracer } = testTracer({ reporter: compositeReporter(loggingReporter(logger), kept) });
  const root = tracer.startSpan('root');
  tracer.startSpan('child', { childOf: root }).finish();
  root.finish();
  expect(logger.lines).toEqual([
    'Reporting span 0000000000000001:0000000000000002:0000000000000001:1',
    'Reporting span 0000000000000001:0000000000000001:0000000000000000:1',
  ]);
  expect(kept.spans.map(({ operationName }) => operationName)).toEqual(['child', 'root']);
});
