import { describe, expect, test } from 'vitest';
import { exampleRun, exampleSpan } from '../lib/testing/example-run.ts';
import { callSpanOf } from './client-side.ts';
import { MESSAGE_DELAY_MS } from './probes.ts';
import { contextFindings } from './server-side.ts';

const client = { 'span.kind': 'client' };

test.each<[string, string | undefined, string]>([
  ['the innermost client', undefined, 'inner'],
  ['the client whose context travelled', 'outer', 'outer'],
  ['the innermost client, whatever else travelled', 'root', 'inner'],
])('the span of a call is %s', (_what, carried, expected) => {
  const spans = [
    exampleSpan('root'),
    exampleSpan('outer', { parentId: 'root', tags: client }),
    exampleSpan('inner', { parentId: 'outer', tags: client }),
  ];
  expect(callSpanOf(spans, carried)?.spanId).toBe(expected);
});

describe('the method runs in the context of its span', () => {
  const messageAt = 1_000_000;
  // The metadata came so long before the message.
  const before = messageAt - MESSAGE_DELAY_MS * 1000;
  const log = (timestamp: number, fields: Record<string, string>) => ({ timestamp, fields });

  test.each<
    [
      string,
      Parameters<typeof exampleSpan>[1],
      Parameters<typeof exampleSpan>[1] | undefined,
      boolean,
    ]
  >([
    [
      'if it logs the name',
      { logs: [log(messageAt + 9, { event: 'greet', name: 'Ada-1' })] },
      undefined,
      true,
    ],
    ['if it says the name in a tag', { tags: { name: 'Ada-1' } }, undefined, true],
    ['if it logs anything', { logs: [log(messageAt + 9, { event: 'greeting' })] }, undefined, true],
    ['if a span hangs below', {}, { startTime: messageAt + 9 }, true],
    ['or not, if nothing says so', {}, undefined, false],
    [
      'or not, if only an interceptor logs',
      { logs: [log(before, { event: 'call began' })] },
      undefined,
      false,
    ],
    ['or not, if only an interceptor starts a span', {}, { startTime: before }, false],
    [
      'or not, if only baggage and errors are logged',
      { logs: [log(messageAt, { event: 'error' })] },
      undefined,
      false,
    ],
  ])('%s', (_what, more, below, isRight) => {
    const span = exampleSpan('server', { startTime: before, ...more });
    const spans = [
      span,
      ...(below ? [exampleSpan('below', { parentId: 'server', ...below })] : []),
    ];
    const findings = contextFindings(exampleRun(), span, spans, { name: 'Ada-1', messageAt });
    expect(findings.map(({ rule }) => rule)).toEqual(isRight ? [] : ['L4-SRV-CONTEXT']);
  });
});
