import { loadService } from '@spoor/platform/grpc';

interface ExportResponse {
  readonly partialSuccess: { readonly rejectedSpans: string } | null;
}

/** How the answers of OTLP's backends are read: with how many spans they did not keep. */
export async function loadExportResponse(): Promise<(bytes: Uint8Array) => number> {
  const name = 'opentelemetry.proto.collector.trace.v1.TraceService';
  const { Export } = await loadService('otlp.proto', name);
  if (Export === undefined) throw new Error('[collector] otlp.proto has no Export');
  return (bytes) => {
    const { partialSuccess } = Export.responseDeserialize(Buffer.from(bytes)) as ExportResponse;
    return Number(partialSuccess?.rejectedSpans ?? 0);
  };
}
