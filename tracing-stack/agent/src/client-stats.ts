import { type Metrics, monotonic } from '@spoor/platform';
import type { ClientReport, DroppedSpans } from '@spoor/wire';

/** A client that said nothing for so long is gone, as in Jaeger. */
const GONE_AFTER_MS = 60 * 60 * 1000;

/** Whoever can send a packet can name a client: beyond so many the one is forgotten that was heard longest ago. */
const MAX_CLIENTS = 10_000;
/** Jaeger's clients have 36 characters or 16. */
const MAX_UUID_LENGTH = 64;

const NOTHING_DROPPED: DroppedSpans = { fullQueue: 0, tooLarge: 0, sendFailure: 0 };

interface Client {
  readonly seqNo: number;
  readonly dropped: DroppedSpans;
  readonly heard: number;
}

/**
 * What clients say of themselves in their batches, summed over all of them under Jaeger's names. A client's numbers run
 * since its start: what it had before its first batch here is not counted, since another agent may have done so.
 */
export class ClientStats {
  private readonly clock: () => number;
  private readonly counters: ReturnType<typeof clientMetrics>;
  /** Who was heard last stands last. */
  private readonly clients = new Map<string, Client>();

  /** `clock`: milliseconds of one that nobody sets. */
  constructor(metrics: Metrics, clock: () => number = monotonic) {
    this.clock = clock;
    this.counters = clientMetrics(metrics);
    metrics.onRead(() => {
      this.forget(clock() - GONE_AFTER_MS);
      this.counters.connected.set(this.clients.size);
    });
  }

  note({ uuid, seqNo, dropped }: ClientReport): void {
    if (uuid.length > MAX_UUID_LENGTH) return;
    const { received, sent, lost } = this.counters;
    received.inc();
    const before = this.clients.get(uuid);
    // What was overtaken says nothing new: the numbers are sums.
    if (before !== undefined && seqNo <= before.seqNo) return;
    const known = before?.dropped ?? NOTHING_DROPPED;
    if (before !== undefined) {
      sent.inc(seqNo - before.seqNo);
      if (dropped) {
        for (const [reason, counter] of Object.entries(lost)) {
          const key = reason as keyof DroppedSpans;
          counter.inc(Math.max(0, dropped[key] - known[key]));
        }
      }
    }
    this.clients.delete(uuid);
    this.clients.set(uuid, { seqNo, dropped: dropped ?? known, heard: this.clock() });
    if (this.clients.size > MAX_CLIENTS)
      this.clients.delete(this.clients.keys().next().value ?? '');
  }

  private forget(heardBefore: number): void {
    for (const [uuid, { heard }] of this.clients) {
      if (heard >= heardBefore) return;
      this.clients.delete(uuid);
    }
  }
}

function clientMetrics(metrics: Metrics) {
  const name = (rest: string) => `jaeger_agent_client_stats_${rest}`;
  const received = metrics.counter(
    name('batches_received_total'),
    'Batches of clients that say who they are and count their batches',
  );
  const sent = metrics.counter(
    name('batches_sent_total'),
    'Batches that these clients sent since their first one that came here',
  );
  const dropped = metrics.counter(
    name('spans_dropped_total'),
    'Spans that these clients say they lost, by the cause',
    ['cause'],
  );
  const lost = {
    fullQueue: dropped.labels({ cause: 'full-queue' }),
    tooLarge: dropped.labels({ cause: 'too-large' }),
    sendFailure: dropped.labels({ cause: 'send-failure' }),
  };
  for (const counter of [received, sent, ...Object.values(lost)]) counter.inc(0);
  const connected = metrics.gauge(
    name('connected_clients'),
    'Such clients of which a batch came within the last hour',
  );
  return { received, sent, lost, connected };
}
