import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { DoorBook } from './door-book.ts';

/**
 * One process's metrics, in a registry of its own. Asking twice for the same name gives the same metric, so that
 * components which share a process share it too. Names are Jaeger's where Jaeger has them, else start with `spoor_`.
 */
export interface Metrics {
  counter<L extends string = never>(name: string, help: string, labels?: readonly L[]): Counter<L>;
  gauge<L extends string = never>(name: string, help: string, labels?: readonly L[]): Gauge<L>;
  /** Buckets in seconds, Prometheus' own unless given. */
  histogram<L extends string = never>(
    name: string,
    help: string,
    labels?: readonly L[],
    buckets?: readonly number[],
  ): Histogram<L>;
  /** Runs just before every reading: the place to set a gauge that costs something to know. */
  onRead(collect: () => void | Promise<void>): void;
  /** Who came by which door. */
  readonly doors: DoorBook;
  readonly contentType: string;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const collectors: (() => void | Promise<void>)[] = [];

  function once<M>(name: string, make: () => M): M {
    return (registry.getSingleMetric(name) as M | undefined) ?? make();
  }

  const metrics: Metrics = {
    counter: (name, help, labels = []) =>
      once(name, () => new Counter({ name, help, labelNames: [...labels], registers: [registry] })),
    gauge: (name, help, labels = []) =>
      once(name, () => new Gauge({ name, help, labelNames: [...labels], registers: [registry] })),
    histogram: (name, help, labels = [], buckets) =>
      once(
        name,
        () =>
          new Histogram({
            name,
            help,
            labelNames: [...labels],
            ...(buckets && { buckets: [...buckets] }),
            registers: [registry],
          }),
      ),
    onRead: (collect) => void collectors.push(collect),
    doors: new DoorBook(),
    contentType: registry.contentType,
    async text() {
      await Promise.all(collectors.map((collect) => collect()));
      return registry.metrics();
    },
  };
  addProcessMetrics(metrics);
  return metrics;
}

/** The few that every Prometheus dashboard asks a process for. */
function addProcessMetrics(metrics: Metrics): void {
  const started = metrics.gauge(
    'process_start_time_seconds',
    'Start of the process, seconds since 1970',
  );
  const resident = metrics.gauge('process_resident_memory_bytes', 'Resident memory in bytes');
  const cpu = metrics.gauge('process_cpu_seconds_total', 'User and system CPU time in seconds');
  started.set(Math.round(Date.now() / 1000 - process.uptime()));
  metrics.onRead(() => {
    const { user, system } = process.cpuUsage();
    resident.set(process.memoryUsage.rss());
    cpu.set((user + system) / 1e6);
  });
}
