# What an agent takes over UDP: one message a datagram, the call itself and no frame around it. Nothing is answered.
#
# A document of record: nothing is generated from it.
#   6831  compact protocol
#   6832  binary protocol
# A datagram of more than 65,000 bytes is dropped by Jaeger's agent, so no client sends one.

include "jaeger.thrift"

service Agent {
  oneway void emitBatch(1: jaeger.Batch batch)
}
