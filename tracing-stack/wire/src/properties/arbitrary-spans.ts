import {
  type KeyValue,
  type Log,
  type Process,
  type Reference,
  type Span,
  spanIdFromInt64,
  traceIdFromHighLow,
} from '@spoor/model';
import * as fc from 'fast-check';

// What fast-check shrinks when a property fails. In the normal form, which decoding gives back: texts without halves of
// surrogate pairs, trace ids of 16 digits if their high half is zero, times that a double holds exactly.

/** Of whole characters, of every plane. */
export const text = fc.string({ unit: 'binary', maxLength: 12 });

export const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0n, 1n, -1n, 127n, 128n, 2n ** 31n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)),
);

/** Microseconds, of any sign. */
const micros = fc.maxSafeInteger();

export const spanId = int64.map(spanIdFromInt64);
export const traceId = fc
  .tuple(fc.oneof(fc.constant(0n), int64), int64)
  .map(([high, low]) => traceIdFromHighLow(high, low));

export const keyValue: fc.Arbitrary<KeyValue> = fc.oneof(
  fc.record({ key: text, type: fc.constant('string' as const), value: text }),
  fc.record({ key: text, type: fc.constant('bool' as const), value: fc.boolean() }),
  fc.record({ key: text, type: fc.constant('int64' as const), value: int64 }),
  fc.record({ key: text, type: fc.constant('float64' as const), value: fc.double() }),
  fc.record({
    key: text,
    type: fc.constant('binary' as const),
    // fast-check's own arrays lie in its own realm.
    value: fc.uint8Array({ maxLength: 20 }).map((bytes) => Uint8Array.from(bytes)),
  }),
);

const keyValues = fc.array(keyValue, { maxLength: 6 });
const log: fc.Arbitrary<Log> = fc.record({ timestamp: micros, fields: keyValues });

export const process: fc.Arbitrary<Process> = fc.record({ serviceName: text, tags: keyValues });

function span(of: Process): fc.Arbitrary<Span> {
  return traceId.chain((own) =>
    fc.record({
      traceId: fc.constant(own),
      spanId,
      operationName: text,
      references: fc.array(reference(own), { maxLength: 4 }),
      flags: fc.oneof(fc.constantFrom(0, 1, 3), fc.nat(2 ** 31 - 1)),
      startTime: micros,
      duration: micros,
      tags: keyValues,
      logs: fc.array(log, { maxLength: 3 }),
      process: fc.constant(of),
      warnings: fc.constant([]),
    }),
  );
}

/** Mostly to few spans of the own trace, so that one is named twice now and then. */
function reference(own: string): fc.Arbitrary<Reference> {
  return fc.record({
    refType: fc.constantFrom('CHILD_OF', 'FOLLOWS_FROM'),
    traceId: fc.oneof(fc.constant(own), traceId),
    spanId: fc.oneof(fc.constantFrom('0000000000000000', '0000000000000001'), spanId),
  });
}

/** Spans of one process, one at least. */
export const spansOfOneProcess: fc.Arbitrary<Span[]> = process.chain((of) =>
  fc.array(span(of), { minLength: 1, maxLength: 5 }),
);
