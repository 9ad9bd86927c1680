import {
  type KeyValue,
  parentSpanId,
  type Span,
  sanitizeServiceName,
  ZERO_SPAN_ID,
} from '@spoor/model';
import type { OperationThroughput } from '@spoor/storage-api';
import { type EncodedBatch, tagTextHash } from '@spoor/wire';
import { OperationMap } from './operation-map.ts';

const TYPE_KEY = 'sampler.type';
const PARAM_KEY = 'sampler.param';

/** By which a root span tells that a share or a lower bound kept it: `sampler.param` is the share of both. */
const SHARE = 'probabilistic';
const LOWER_BOUND = 'lowerbound';
const HASHES = [SHARE, LOWER_BOUND].map((type) => tagTextHash(TYPE_KEY, type));

/** Names are the clients' to choose; those beyond are not told apart from operations that are new. */
const MAX_OPERATIONS = 20_000;
/** Letters of a name, of which a client may send millions. */
const MAX_NAME = 256;

type Counts = { sampled: number; estimated: number };

/**
 * Counts the traces that begin in what is stored: root spans, by service and operation, that tell how they were kept. Those
 * beyond `MAX_OPERATIONS`, and those with a name of more than `MAX_NAME` letters, are not counted: `onOverflow` is told.
 */
export class ThroughputCounter {
  private operations = new OperationMap<Counts>();
  private readonly onOverflow: () => void;

  constructor(onOverflow: () => void) {
    this.onOverflow = onOverflow;
  }

  /** Costs a look at the hashes of the tags, unless a trace begins in the batch. */
  count(batch: EncodedBatch): void {
    const { tagHashes } = batch.index();
    if (!HASHES.some((hash) => tagHashes.includes(hash))) return;
    for (const span of batch.spans()) this.countSpan(span);
  }

  private countSpan(span: Span): void {
    // A root, or a tag that somebody set by hand.
    if ((parentSpanId(span) ?? ZERO_SPAN_ID) !== ZERO_SPAN_ID) return;
    const type = textOf(span.tags.find(({ key }) => key === TYPE_KEY));
    if (type !== SHARE && type !== LOWER_BOUND) return;
    if (span.operationName === '') return;
    const share = numberOf(span.tags.find(({ key }) => key === PARAM_KEY));
    const isShare = type === SHARE && share > 0 && share <= 1;
    const counts = isShare ? { sampled: 1, estimated: 1 / share } : { sampled: 0, estimated: 0 };
    this.add(sanitizeServiceName(span.process.serviceName), span.operationName, counts);
  }

  private add(service: string, operation: string, { sampled, estimated }: Counts): void {
    const known = this.operations.get(service, operation);
    if (known) {
      known.sampled += sampled;
      known.estimated += estimated;
    } else if (this.operations.size < MAX_OPERATIONS && isShort(service) && isShort(operation)) {
      this.operations.set(service, operation, { sampled, estimated });
    } else this.onOverflow();
  }

  /** What was counted since it was taken last. */
  take(): OperationThroughput[] {
    const taken = Array.from(
      this.operations.entries(),
      ([service, operation, counts]): OperationThroughput => ({ service, operation, ...counts }),
    );
    this.operations = new OperationMap();
    return taken;
  }

  /** Counts again what was taken in vain. */
  giveBack(taken: readonly OperationThroughput[]): void {
    for (const { service, operation, ...counts } of taken) this.add(service, operation, counts);
  }
}

function isShort({ length }: string): boolean {
  return length <= MAX_NAME;
}

function textOf(tag: KeyValue | undefined): string | undefined {
  return tag?.type === 'string' ? tag.value : undefined;
}

/** Clients differ in how they send a whole number; NaN is no share. */
function numberOf(tag: KeyValue | undefined): number {
  const isNumber = tag?.type === 'float64' || tag?.type === 'int64' || tag?.type === 'string';
  return isNumber ? Number(tag.value) : Number.NaN;
}
