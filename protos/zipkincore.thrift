# Zipkin's first data model: a span is what its annotations say. All times are in microseconds since 1970.
#
# A document of record: nothing is generated from it.
#   5775, 6831, 6832  the call `emitZipkinBatch` of agent.thrift
#   9411              POST /api/v1/spans, application/x-thrift: a list<Span> in the binary protocol, no struct around it

# Well-known values of Annotation.value: what happened at which end of a call, or of a message.
const string CLIENT_SEND = "cs"
const string CLIENT_RECV = "cr"
const string SERVER_SEND = "ss"
const string SERVER_RECV = "sr"
const string MESSAGE_SEND = "ms"
const string MESSAGE_RECV = "mr"

# Well-known values of BinaryAnnotation.key. `lc` names a part of the program; the others are true, and their host says who
# stood at the other end.
const string LOCAL_COMPONENT = "lc"
const string CLIENT_ADDR = "ca"
const string SERVER_ADDR = "sa"
const string MESSAGE_ADDR = "ma"

struct Endpoint {
  1: i32 ipv4                      # high byte first; 0: not known
  2: i16 port                      # unsigned; 0: not known
  3: string service_name
  4: optional binary ipv6          # 16 bytes
}

struct Annotation {
  1: i64 timestamp
  2: string value
  3: optional Endpoint host
}

# How BinaryAnnotation.value is laid out: numbers with their high bytes first, a boolean as one byte, 1 or 0.
enum AnnotationType { BOOL, BYTES, I16, I32, I64, DOUBLE, STRING }

struct BinaryAnnotation {
  1: string key
  2: binary value
  3: AnnotationType annotation_type
  4: optional Endpoint host
}

struct Span {
  1: i64 trace_id                  # the lower 64 bits; unsigned, as all ids
  3: string name
  4: i64 id
  5: optional i64 parent_id        # a root has none; some clients say 0
  6: list<Annotation> annotations
  8: list<BinaryAnnotation> binary_annotations
  9: optional bool debug = 0
  10: optional i64 timestamp       # 0 counts as none
  11: optional i64 duration
  12: optional i64 trace_id_high   # of a trace id of 128 bits
}
