import { describe, expect, test } from 'vitest';
import { cutOff, expectedOf, trace } from './example-traces.ts';
import { type Overlay, overlayTrace } from './overlay-trace.ts';

const inner = expectedOf('02-inner');
const http = expectedOf('03-http');

/** One line a row: indented by depth, `--` where a span is missing, `own` for the learner's, then where it belongs. */
function picture({ rows }: Overlay): string[] {
  return rows.map(({ is, depth, expected, name, belongsUnder }) => {
    const what = is === 'own' ? `own ${name}` : `${is === 'missing' ? '-- ' : ''}${expected}`;
    const to = belongsUnder === undefined ? '' : ` -> ${rows[belongsUnder]?.expected}`;
    return '  '.repeat(depth) + what + to;
  });
}

describe('the expected trace over', () => {
  test.each<[string, Overlay, string[]]>([
    [
      'a right trace is that trace',
      overlayTrace(inner, [trace(inner)]),
      ['root', '  service1', '    service2-in-service1', '  service2'],
    ],
    [
      'spans of the learner’s own leaves them where they are',
      overlayTrace(inner, [trace(inner, { mine: { under: 'service1' } })]),
      ['root', '  service1', '    service2-in-service1', '    own mine', '  service2'],
    ],
    [
      'a trace without one span shows where it would hang',
      overlayTrace(http, [trace(http, { call: null, service1: { under: 'front' } })]),
      ['front', '  -- call', '  service1 -> call'],
    ],
    [
      'a span in the wrong place points to where it belongs',
      overlayTrace(inner, [trace(inner, { 'service2-in-service1': { under: 'root' } })]),
      ['root', '  service1', '  service2-in-service1 -> service1', '  service2'],
    ],
    [
      'several traces joins them again',
      overlayTrace(http, cutOff(trace(http), ['service1'])),
      ['front', '  call', 'service1 -> call'],
    ],
    [
      'a trace whose root never came puts it above',
      overlayTrace(inner, [trace(inner, { root: null })]),
      ['-- root', 'service1 -> root', '  service2-in-service1', 'service2 -> root'],
    ],
    [
      'a call that is missing between two others stands between them',
      overlayTrace(inner, [trace(inner, { service1: null, 'service2-in-service1': null })]),
      ['root', '  -- service1', '    -- service2-in-service1', '  service2'],
    ],
    [
      'nothing is the expected trace',
      overlayTrace(http, []),
      ['-- front', '  -- call', '    -- service1'],
    ],
    [
      'a trace of something else shows both',
      overlayTrace(http, [trace(http, { front: null, call: null, service1: null, x: {} })]),
      ['-- front', '  -- call', '    -- service1', 'own x'],
    ],
  ])('%s', (_what, overlay, rows) => {
    expect(picture(overlay)).toEqual(rows);
  });
});

test('every bar lies within the picture', () => {
  for (const traces of [
    [],
    [trace(inner, { service1: null })],
    cutOff(trace(inner), ['service2']),
  ]) {
    const { rows, duration } = overlayTrace(inner, traces);
    for (const row of rows) {
      expect(row.start).toBeGreaterThanOrEqual(0);
      expect(row.duration).toBeGreaterThan(0);
      expect(row.start + row.duration).toBeLessThanOrEqual(duration);
    }
  }
});

test('what is expected on a span is there or missing', () => {
  const changed = trace(inner, {
    service1: { tags: { funcName: 'CallService1' }, operationName: 'Service1OpName' },
  });
  expect(overlayTrace(inner, [changed]).rows[1]?.marks).toEqual([
    { what: 'name', text: 'Service1Opname', is: 'missing' },
    { what: 'tag', text: 'FuncName=CallService1', is: 'missing' },
    { what: 'log', text: 'event=service1-call, request=callService1', is: 'there' },
  ]);
});

test('of several requests the newest is shown', () => {
  const [old, recent] = [1, 2].map((n) => trace(http, {}, { traceId: `t${n}`, start: n * 9e6 }));
  if (!old || !recent) throw new Error('not made');
  expect(overlayTrace(http, [recent, old]).traceIds).toEqual(['t2']);
});

describe('what only later steps ask for', () => {
  /** As lesson 3 begins: three traces, and neither kinds nor baggage. */
  const begun = cutOff(
    trace(http, {
      front: { tags: { httpKey: 'httpValue' } },
      call: { tags: {} },
      service1: { tags: {} },
    }),
    ['call', 'service1'],
  );
  const marks = (overlay: Overlay) =>
    overlay.rows.flatMap((row) => row.marks.map(({ text, is }) => `${row.expected} ${text} ${is}`));

  test('is later while they are not reached, and missing then', () => {
    const open = marks(overlayTrace(http, begun, '3.1'));
    expect(open).toContain('call span.kind=client missing');
    expect(open).toContain('front httpKey=httpValue there');
    expect(open).toContain('front span.kind=server later');
    expect(open).toContain('service1 span.kind=server later');
    expect(open).toContain('service1 baggage=123456789 later');
    const reached = marks(overlayTrace(http, begun, '3.4'));
    expect(reached).toContain('front span.kind=server later');
    expect(reached).toContain('service1 span.kind=server missing');
    expect(reached).toContain('service1 baggage=123456789 missing');
  });

  test('is never met by a reason why it is not there', () => {
    // No context came, and so no baggage: the rules do not tell of it, and it is not there all the same.
    expect(marks(overlayTrace(http, begun))).toContain('service1 baggage1=12345 missing');
  });

  test('is there as soon as it is', () => {
    const early = trace(http, { front: { tags: { 'span.kind': 'server' } } });
    expect(marks(overlayTrace(http, [early], '3.1'))).toContain('front span.kind=server there');
  });

  test('is a span, too', () => {
    const rows = (step?: string) =>
      overlayTrace(expectedOf('04-grpc'), [], step).rows.map(({ is }) => is);
    expect(rows('4.1')).toEqual(['missing', 'later']);
    expect(rows('4.3')).toEqual(['missing', 'missing']);
    expect(rows()).toEqual(['missing', 'missing']);
  });
});
