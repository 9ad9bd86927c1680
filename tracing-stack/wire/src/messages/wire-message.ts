/** How the bytes of a message are laid out, from its first byte on. */
export type WireLayout =
  /** A call of protos/agent.thrift, as UDP carries it. */
  | 'thrift-compact-call'
  | 'thrift-binary-call'
  /** A `Batch` of jaeger.thrift in binary Thrift: the body of `POST /api/traces`. */
  | 'jaeger-thrift'
  /** A `list<Span>` of zipkincore.thrift in binary Thrift. */
  | 'zipkin-thrift'
  | 'zipkin-v1-json'
  | 'zipkin-v2-json'
  | 'zipkin-proto'
  | 'otlp-json'
  | 'otlp-proto'
  /** A message of gRPC, without its prefix. */
  | 'otlp-grpc'
  | 'jaeger-grpc'
  /** All frames of a call of TChannel. */
  | 'tchannel-call';

/** What carried spans to us, as it came. */
export interface WireMessage {
  readonly layout: WireLayout;
  readonly bytes: Uint8Array;
  /** Who sent it. */
  readonly sender: { readonly address: string; readonly port: number };
  /** `POST /api/traces` without a query, or the method that was called. */
  readonly request: string;
  /** The compression that has been taken off, and how many bytes there were with it. */
  readonly compressed?: { readonly by: string; readonly bytes: number };
}
