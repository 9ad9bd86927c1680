# Spans as Jaeger's clients send them, in Thrift's compact or binary protocol.
#
# A document of record: nothing is generated from it. Ids and types are Jaeger's and may not change; the comments are ours.
# Our own codec is tracing-stack/wire/src/jaeger-thrift; docs/wire-formats.md shows a datagram byte for byte.
# A struct without one of its required fields is refused. A field of unknown id, or of a known id with another type, is
# passed over.

# Which of the v fields of a Tag holds the value.
enum TagType {
  STRING = 0
  DOUBLE = 1
  BOOL   = 2
  LONG   = 3
  BINARY = 4
}

# A tag of a span or process, or a field of a log.
struct Tag {
  1: required string  key
  2: required TagType vType
  3: optional string  vStr
  4: optional double  vDouble
  5: optional bool    vBool
  6: optional i64     vLong
  7: optional binary  vBinary
}

# Something that happened within a span.
struct Log {
  1: required i64       timestamp    # microseconds since 1970
  2: required list<Tag> fields
}

enum SpanRefType {
  CHILD_OF     = 0
  FOLLOWS_FROM = 1
}

# Ids of 64 bits are signed on the wire and unsigned to everybody who reads them.
struct SpanRef {
  1: required SpanRefType refType
  2: required i64         traceIdLow
  3: required i64         traceIdHigh
  4: required i64         spanId
}

struct Span {
  1:  required i64           traceIdLow
  2:  required i64           traceIdHigh    # 0 in a trace id of 64 bits
  3:  required i64           spanId
  4:  required i64           parentSpanId   # 0 in a root; else a CHILD_OF, unless a reference names that span
  5:  required string        operationName
  6:  optional list<SpanRef> references
  7:  required i32           flags          # bit 0: sampled; bit 1: debug
  8:  required i64           startTime      # microseconds since 1970
  9:  required i64           duration       # microseconds; negative when the clock ran backwards
  10: optional list<Tag>     tags
  11: optional list<Log>     logs
}

# Who reported the spans.
struct Process {
  1: required string    serviceName
  2: optional list<Tag> tags
}

# What the client lost so far, counted since it started.
struct ClientStats {
  1: required i64 fullQueueDroppedSpans
  2: required i64 tooLargeDroppedSpans
  3: required i64 failedToEmitSpans
}

struct Batch {
  1: required Process     process
  2: required list<Span>  spans
  3: optional i64         seqNo    # counts the client's batches, so that gaps can be seen
  4: optional ClientStats stats
}

struct BatchSubmitResponse {
  1: required bool ok
}

# Served over TChannel 14267.
service Collector {
  list<BatchSubmitResponse> submitBatches(1: list<Batch> batches)
}
