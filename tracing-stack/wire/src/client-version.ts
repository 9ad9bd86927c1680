import type { Process } from '@spoor/model';
import type { EncodedBatch } from './encoded-batch.ts';

/** The tags by which clients say who they are: Jaeger's, and OpenTelemetry's three. */
const JAEGER = 'jaeger.version';
const SDK = ['telemetry.sdk.name', 'telemetry.sdk.language', 'telemetry.sdk.version'];

/** The client that reported a service's spans and its version, as its process says. Decodes the batch. */
export function clientVersion(batch: EncodedBatch, serviceName: string): string | undefined {
  const span = batch.spans().find(({ process }) => process.serviceName === serviceName);
  if (span === undefined) return undefined;
  const jaeger = textOf(span.process, JAEGER);
  if (jaeger !== undefined) return `jaeger ${jaeger}`;
  const sdk = SDK.map((key) => textOf(span.process, key)).filter((text) => text !== undefined);
  return sdk.length > 0 ? sdk.join(' ') : undefined;
}

function textOf({ tags }: Process, key: string): string | undefined {
  const tag = tags.find((one) => one.key === key);
  return tag?.type === 'string' ? tag.value : undefined;
}

/** How many spans of a batch each service reported. */
export function spansByService(batch: EncodedBatch): ReadonlyMap<string, number> {
  const { count, processOf, processes } = batch.index();
  const spans = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const service = processes[processOf[i] ?? -1]?.serviceName ?? '';
    spans.set(service, (spans.get(service) ?? 0) + 1);
  }
  return spans;
}
