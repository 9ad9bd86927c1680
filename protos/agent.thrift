# What an agent takes over UDP: one message a datagram, the call itself and no frame around it. Nothing is answered.
#
# A document of record: nothing is generated from it.
#   6831  compact protocol
#   6832  binary protocol
#   5775  compact protocol, for clients of Zipkin's model
# Each of them takes both calls. A datagram of more than 65,000 bytes is dropped by Jaeger's agent, so no client sends one.

include "jaeger.thrift"
include "zipkincore.thrift"

service Agent {
  oneway void emitZipkinBatch(1: list<zipkincore.Span> spans)
  oneway void emitBatch(1: jaeger.Batch batch)
}
