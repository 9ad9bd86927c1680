const numbers = new Intl.NumberFormat('en');
const n = (count: number) => numbers.format(count);
const counted = (count: number, one: string, many: string) =>
  `${n(count)} ${count === 1 ? one : many}`;

/** The texts of the wire view. */
export const wireEn = {
  failed: 'The messages could not be listed',
  gone: 'This message could not be read',
  messages: 'Messages that carried this trace',
  count: (count: number) => counted(count, 'message', 'messages'),
  message: 'The message, byte by byte',
  layouts: {
    'thrift-compact-call': 'Thrift call, compact protocol',
    'thrift-binary-call': 'Thrift call, binary protocol',
    'jaeger-thrift': 'jaeger.thrift Batch, binary protocol',
    'zipkin-thrift': 'zipkincore.thrift spans, binary protocol',
    'zipkin-v1-json': 'Zipkin v1, JSON',
    'zipkin-v2-json': 'Zipkin v2, JSON',
    'zipkin-proto': 'Zipkin v2, protobuf',
    'otlp-json': 'OTLP, JSON',
    'otlp-proto': 'OTLP, protobuf',
    'otlp-grpc': 'OTLP, protobuf over gRPC',
    'jaeger-grpc': 'jaeger.api_v2, protobuf over gRPC',
    'tchannel-call': 'TChannel call, binary Thrift within',
  },
  spansIn: (own: number, all: number) =>
    own === all
      ? counted(all, 'span', 'spans')
      : `${n(own)} of its ${counted(all, 'span', 'spans')}`,
  keptBy: (source: string) => `kept by ${source}`,
  more: (count: string) => `and ${count} more, which are not listed`,
  missing: (count: number) =>
    count === 1
      ? 'The message of 1 span is not kept.'
      : `The messages of ${n(count)} spans are not kept.`,
  openedMissing:
    'The message of the span that is open is not kept. Choose another one to see its bytes.',
  came: {
    udp: (port: number) => `UDP datagram to port ${port}`,
    http: (port: number) => `Body of an HTTP request to port ${port}`,
    grpc: (port: number) => `gRPC message to port ${port}`,
    tchannel: (port: number) => `Frames of a TChannel call to port ${port}`,
  },
  from: (sender: string) => `from ${sender}`,
  compressed: (by: string, bytes: string) =>
    `It came in ${bytes}, compressed by ${by}; this is what it was before.`,
  rebuilt: (count: number) =>
    `The first ${n(count)} bytes are made again: gRPC takes them off, and if the message was compressed they were others.`,
  header: 'What inject wrote for calls of',
  inTimeline: 'Show in the timeline',
  roles: { traceId: 'trace id', spanId: 'span id', parentId: 'parent id', flags: 'flags' },
  roleHints: {
    traceId: 'The same in all spans of the trace',
    spanId: 'Whoever is called makes this its parent id',
    parentId: 'The span that called this one; zeros in a root',
    flags: 'Bit 0: sampled, it is reported. Bit 1: debug, no sampler may drop it',
  },
  bytes: 'Bytes',
  parts: 'What the bytes say',
  unnamed: '(no name)',
  otherTrace: 'of another trace',
  range: (start: number, end: number) =>
    end - start === 1
      ? `Byte ${n(start)}`
      : `Bytes ${n(start)}–${n(Math.max(start, end - 1))} (${n(end - start)})`,
  field: (id: number) => `field ${n(id)}`,
  hints: {
    compact: {
      bool: 'The header’s low four bits are the value: 1 true, 2 false.',
      i16: 'Zigzag varint: seven bits a byte, lowest first; the lowest bit is the sign.',
      i32: 'Zigzag varint: seven bits a byte, lowest first; the lowest bit is the sign.',
      i64: 'Zigzag varint: seven bits a byte, lowest first; the lowest bit is the sign.',
      varint: 'Seven bits a byte, lowest first; the high bit says that more follow.',
      double: 'Eight bytes, lowest first.',
      string: 'Its length as a varint, then UTF-8.',
      list: 'Four bits of count and four of type, or a varint of count if there are 15 or more.',
      struct: 'A field’s header: four bits that add to the id before, four of type.',
      stop: 'A zero ends the struct.',
    },
    binary: {
      bool: 'One byte.',
      i16: 'Type, id in two bytes, then the value in two, highest first.',
      i32: 'Four bytes, highest first; before them type and id.',
      i64: 'Eight bytes, highest first; before them type and id.',
      double: 'Eight bytes, highest first; before them type and id.',
      string: 'Its length in four bytes, then UTF-8.',
      list: 'The type of its elements, and their count in four bytes.',
      struct: 'A field’s header: a byte of type, two of id.',
      stop: 'A zero ends the struct.',
    },
    proto: {
      varint: 'A byte or more of number and wire type; then seven bits a byte, lowest first.',
      fixed64: 'Eight bytes, lowest first.',
      fixed32: 'Four bytes, lowest first.',
      len: 'A byte or more of number and wire type, the length as a varint, then the bytes.',
    },
    frame: {
      ':1': 'One byte.',
      ':2': 'Two bytes, highest first.',
      ':4': 'Four bytes, highest first.',
      ':8': 'Eight bytes, highest first.',
      '~1': 'A length of one byte, then as many bytes.',
      '~2': 'A length of two bytes, then as many bytes.',
      '25 bytes':
        'Span, parent and trace of the call itself, 8 bytes each, and a byte of flags: what uber-trace-id became. An agent’s call belongs to no span, so it sends zeros.',
      '5 bytes': 'A flag and the length: they stand before each message of gRPC.',
    },
  },
  none: {
    title: 'The bytes of this trace are not here',
    nobodyTitle: 'Nobody is asked for bytes',
    nobody:
      'This query service does not know who keeps the messages that carry spans. Let agent and collector keep some, and name their admin ports:',
    off: 'keeps nothing: --wire.memory-bytes is 0.',
    away: (error: string) => `could not be asked: ${error}`,
    forgotten: (since: string, size: string) =>
      `no longer has them. It keeps the last ${size} of messages, which go back to ${since}.`,
    before: (since: string) =>
      `was started at ${since}, after this trace. What it keeps is in memory, and goes when it stops.`,
    elsewhere:
      'has room, but nothing that carried this trace came to it: it came by another agent or collector, in a message too large to keep, or from a file.',
  },
};

export type WireCatalogue = typeof wireEn;
