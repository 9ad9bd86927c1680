import type { KeyValue, Process, Reference, Span, Trace } from '@spoor/model';
import { describe, expect, test } from 'vitest';
import { adjust } from './adjuster.ts';
import { clockSkew, toldSkew } from './clock-skew.ts';
import { deduplicate } from './deduplicate.ts';
import { ipTag } from './ip-tag.ts';
import { libraryTagsToProcess } from './library-tags.ts';
import { parentReferenceFirst, removeInvalidReferences } from './references.ts';
import { sortLogFields } from './sort-log-fields.ts';
import { sortTags } from './sort-tags.ts';
import { standardAdjusters } from './standard-adjusters.ts';

const TRACE = '00000000000000ab';
const HOST_A: Process = { serviceName: 'a', tags: [text('ip', '10.0.0.1')] };
const HOST_B: Process = { serviceName: 'b', tags: [text('ip', '10.0.0.2')] };

function text(key: string, value = ''): KeyValue {
  return { key, type: 'string', value };
}

function int(key: string, value: bigint): KeyValue {
  return { key, type: 'int64', value };
}

function span(spanId: string, more: Partial<Span> = {}): Span {
  return {
    traceId: TRACE,
    spanId,
    operationName: 'o',
    references: [],
    flags: 1,
    startTime: 1000,
    duration: 100,
    tags: [],
    logs: [],
    process: HOST_A,
    warnings: [],
    ...more,
  };
}

function childOf(spanId: string, traceId = TRACE): Reference {
  return { refType: 'CHILD_OF', traceId, spanId };
}

function followsFrom(spanId: string, traceId = TRACE): Reference {
  return { refType: 'FOLLOWS_FROM', traceId, spanId };
}

function traceOf(...spans: Span[]): Trace {
  return { traceId: TRACE, spans, warnings: [] };
}

function keys(keyValues: readonly KeyValue[] | undefined): string | undefined {
  return keyValues?.map(({ key }) => key).join(' ');
}

describe('ipTag', () => {
  test.each<[KeyValue, KeyValue]>([
    [int('ip', 0x0a000001n), text('ip', '10.0.0.1')],
    [int('peer.ipv4', -1062731520n), text('peer.ipv4', '192.168.1.0')],
    [{ key: 'ip', type: 'float64', value: 4294967295 }, text('ip', '255.255.255.255')],
    [text('ip', '16843009'), text('ip', '16843009')],
    [int('peer.port', 80n), int('peer.port', 80n)],
  ])('%o becomes %o on spans and processes', (tag, adjusted) => {
    const process = { serviceName: 's', tags: [tag] };
    expect(ipTag(traceOf(span('1', { tags: [tag], process }))).spans).toEqual([
      span('1', { tags: [adjusted], process: { serviceName: 's', tags: [adjusted] } }),
    ]);
  });

  test('spans that shared a process still share it', () => {
    const process = { serviceName: 's', tags: [int('ip', 1n)] };
    const [first, second] = ipTag(traceOf(span('1', { process }), span('2', { process }))).spans;
    expect(first?.process).toBe(second?.process);
  });
});

test('libraryTagsToProcess moves what describes the library, and nothing else', () => {
  const tags = [text('a'), text('telemetry.sdk.name', 'x'), text('telemetry.sdkfoo')];
  const [adjusted] = libraryTagsToProcess(traceOf(span('1', { tags }))).spans;
  expect(keys(adjusted?.tags)).toBe('a telemetry.sdkfoo');
  expect(adjusted?.process.tags).toEqual([...HOST_A.tags, text('telemetry.sdk.name', 'x')]);
});

describe('sortTags', () => {
  test('orders by key, type and value, also of processes', () => {
    const ordered: KeyValue[] = [
      text('k', 'a'),
      text('k', 'b'),
      { key: 'k', type: 'bool', value: false },
      { key: 'k', type: 'bool', value: true },
      int('k', -1n),
      int('k', 10n),
      { key: 'k', type: 'float64', value: 9 },
      { key: 'k', type: 'binary', value: Uint8Array.of(1) },
      { key: 'k', type: 'binary', value: Uint8Array.of(1, 0) },
      text('kk'),
      text('\u{ffff}'),
      text('\u{1f680}'),
    ];
    const process = { serviceName: 's', tags: ordered.toReversed() };
    const [adjusted] = sortTags(traceOf(span('1', { tags: ordered.toReversed(), process }))).spans;
    expect(adjusted?.tags).toEqual(ordered);
    expect(adjusted?.process.tags).toEqual(ordered);
  });

  test('leaves what came over TChannel as it came, beside what did not', () => {
    const tags = [text('b'), text('a')];
    const trace = traceOf(span('1', { tags, overTChannel: true }), span('2', { tags }));
    const keys = sortTags(trace).spans.map((s) => s.tags.map(({ key }) => key).join(' '));
    expect(keys).toEqual(['b a', 'a b']);
  });
});

test.each<[string, KeyValue[], string]>([
  ['event goes first', [text('b'), text('event'), text('a')], 'event a b'],
  ['no event', [text('b'), text('a')], 'a b'],
  ['an event that is no text', [int('event', 1n), text('a')], 'a event'],
  ['an event in its place', [text('event'), text('b'), text('a')], 'event a b'],
  ['two events', [text('x'), text('event', '2'), text('event', '1')], 'event event x'],
])('sortLogFields: %s', (_what, fields, expected) => {
  const { spans } = sortLogFields(traceOf(span('1', { logs: [{ timestamp: 1, fields }] })));
  expect(keys(spans[0]?.logs[0]?.fields)).toBe(expected);
});

describe('deduplicate', () => {
  test.each<[string, Partial<Span>, number]>([
    ['nothing', {}, 1],
    ['warnings', { warnings: ['w'] }, 1],
    ['the order of tags', { tags: [int('b', 1n), text('a')] }, 1],
    ['the object of an equal process', { process: { ...HOST_A } }, 1],
    ['a value type', { tags: [text('a'), text('b', '1')] }, 2],
    ['the operation', { operationName: 'p' }, 2],
    ['the process', { process: HOST_B }, 2],
    ['a reference', { references: [childOf('9')] }, 2],
    ['a log', { logs: [{ timestamp: 1, fields: [] }] }, 2],
    ['the id', { spanId: '2' }, 2],
  ])('two spans that differ in %s', (_what, difference, left) => {
    const first = span('1', { tags: [text('a'), int('b', 1n)] });
    const { spans } = deduplicate(traceOf(first, { ...first, ...difference }));
    expect(spans).toHaveLength(left);
    expect(spans[0]).toBe(first);
  });
});

describe('references', () => {
  test('one to the trace id zero is removed with a warning in the words of Jaeger', () => {
    const zero = '0000000000000000';
    const spans = [
      span('1', { references: [followsFrom('5', zero), childOf('2')], warnings: ['w'] }),
    ];
    expect(removeInvalidReferences(traceOf(...spans)).spans).toEqual([
      span('1', {
        references: [childOf('2')],
        warnings: [
          'w',
          'Invalid span reference removed {TraceID:0000000000000000 SpanID:5 RefType:FOLLOWS_FROM XXX_NoUnkeyedLiteral:{} XXX_unrecognized:[] XXX_sizecache:0}',
        ],
      }),
    ]);
  });

  test.each<[string, Reference[], string]>([
    ['the first CHILD_OF changes places', [followsFrom('1'), childOf('2'), childOf('3')], '2 1 3'],
    [
      'one to another trace is no parent',
      [childOf('1', 'ff'), followsFrom('2'), childOf('3')],
      '3 2 1',
    ],
    ['FOLLOWS_FROM where there is no CHILD_OF', [childOf('1', 'ff'), followsFrom('2')], '2 1'],
    ['only other traces', [childOf('1', 'ff'), childOf('2', 'ff')], '1 2'],
    ['none', [], ''],
  ])('the parent comes first: %s', (_what, references, order) => {
    const { spans } = parentReferenceFirst(traceOf(span('9', { references })));
    expect(spans[0]?.references.map(({ spanId }) => spanId).join(' ')).toBe(order);
  });
});

describe('clockSkew', () => {
  const parent = span('1', { startTime: 1_000_000, duration: 100_000 });
  const early = span('2', {
    startTime: 500_000,
    duration: 50_000,
    references: [childOf('1')],
    process: HOST_B,
    logs: [{ timestamp: 510_000, fields: [] }],
  });
  const sameHost = span('3', { startTime: 510_000, references: [childOf('2')], process: HOST_B });

  test('centres a child within its parent, with its logs and what runs on its host', () => {
    const moved = "This span's timestamps were adjusted by 525ms";
    expect(clockSkew(5_000_000)(traceOf(sameHost, early, parent)).spans).toEqual([
      { ...sameHost, startTime: 1_035_000, warnings: [moved] },
      {
        ...early,
        startTime: 1_025_000,
        logs: [{ timestamp: 1_035_000, fields: [] }],
        warnings: [moved],
      },
      parent,
    ]);
  });

  test.each<[string, number, string]>([
    ['off', 0, 'clock skew adjustment disabled; not applying calculated delta of 525ms'],
    [
      'too small',
      100_000,
      'max clock skew adjustment delta of 100ms exceeded; not applying calculated delta of 525ms',
    ],
  ])('only warns when the greatest adjustment is %s', (_what, max, warning) => {
    expect(clockSkew(max)(traceOf(parent, early)).spans).toEqual([
      parent,
      { ...early, warnings: [warning] },
    ]);
  });

  test.each<[string, number, { behind: number; isMoved: boolean }]>([
    ['moved', 5_000_000, { behind: 525_000, isMoved: true }],
    ['left, as nothing may be moved', 0, { behind: 525_000, isMoved: false }],
    ['left, as it would be too far', 100_000, { behind: 525_000, isMoved: false }],
  ])('a span that was %s says so', (_what, max, told) => {
    const { spans } = clockSkew(max)(traceOf(parent, early));
    expect(spans.map(({ warnings }) => toldSkew(warnings))).toEqual([undefined, told]);
  });

  test('other warnings, and stored ones that begin alike, say nothing of a skew', () => {
    const others = [
      "This span's timestamps were adjusted by hand",
      'duplicate span IDs; skipping clock skew adjustment',
      'clock skew adjustment disabled; not applying calculated delta of much',
    ];
    expect(toldSkew(others)).toBeUndefined();
  });

  test('two hosts that nobody knows are not one', () => {
    const nowhere: Process = { serviceName: 'a', tags: [] };
    const trace = traceOf({ ...parent, process: nowhere }, { ...early, process: nowhere });
    const [, child] = clockSkew(5_000_000)(trace).spans;
    expect(child?.startTime).toBe(1_025_000);
  });

  test.each<[string, Partial<Span>, string | undefined]>([
    ['within its parent', { startTime: 1_010_000 }, undefined],
    ['on the same host', { process: HOST_A }, undefined],
    ['longer than its parent, and later', { startTime: 2_000_000, duration: 200_000 }, undefined],
    ['longer than its parent, and earlier', { startTime: 999_900, duration: 200_000 }, '100µs'],
    ['after its parent', { startTime: 1_100_000 }, '-75ms'],
    ['of no known host', { process: { serviceName: 'b', tags: [] } }, '525ms'],
    ['1 minute early', { startTime: -58_975_000 - 25_000 }, '1m0.025s'],
  ])('a child %s', (_what, difference, delta) => {
    const { spans } = clockSkew(0)(traceOf(parent, { ...early, ...difference }));
    expect(spans[1]?.warnings.map((warning) => warning.split(' of ')[1])).toEqual(
      delta === undefined ? [] : [delta],
    );
  });

  test('says why it leaves out orphans and repeated ids, and survives circles and a chain of 50,000', () => {
    const circle = [
      span('5', { references: [childOf('6')] }),
      span('6', { references: [childOf('5')] }),
    ];
    const orphan = span('7', { references: [childOf('99')] });
    const { spans } = clockSkew(0)(traceOf(parent, parent, orphan, ...circle));
    expect(spans.map(({ warnings }) => warnings)).toEqual([
      [],
      ['duplicate span IDs; skipping clock skew adjustment'],
      ['invalid parent span IDs=99; skipping clock skew adjustment'],
      [],
      [],
    ]);
    const chain = Array.from({ length: 50_000 }, (_, i) =>
      span(`${i + 1}`, { references: [childOf(`${i}`)] }),
    );
    expect(clockSkew(0)(traceOf(...chain)).spans).toHaveLength(50_000);
  });
});

test('what needs no adjustment is handed on itself', () => {
  const trace = traceOf(
    span('1', { tags: [text('a'), text('b')], logs: [{ timestamp: 1, fields: [text('event')] }] }),
    span('2', { references: [childOf('1')] }),
  );
  expect(adjust(trace, standardAdjusters())).toBe(trace);
});

test('adjusters leave what they were given as it was', () => {
  const process = { serviceName: 's', tags: [text('z'), int('ip', 1n)] };
  const messy = span('1', {
    tags: [text('telemetry.sdk.name'), text('a'), int('ip', 1n)],
    logs: [{ timestamp: 1, fields: [text('z'), text('event')] }],
    references: [childOf('1', '0000000000000000'), followsFrom('3'), childOf('2')],
    process,
  });
  const before = structuredClone(messy);
  const adjusted = adjust(traceOf(messy, messy), standardAdjusters());
  expect(adjusted.spans).toHaveLength(1);
  expect(adjusted.spans[0]).not.toEqual(before);
  expect(messy).toEqual(before);
});
