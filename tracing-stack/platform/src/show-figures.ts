import type { Metrics } from './metrics.ts';

/** Shows what a component knows about itself as gauges; each figure is read when the metrics are. `told` is the name and the help of each. */
export function showFigures<K extends string>(
  figures: Readonly<Record<K, number>>,
  told: Readonly<Record<K, readonly [name: string, help: string]>>,
  metrics: Metrics,
): void {
  const gauges = (Object.keys(told) as K[]).map((key) => {
    const [name, help] = told[key];
    const gauge = metrics.gauge(name, help);
    return () => gauge.set(figures[key]);
  });
  metrics.onRead(() => {
    for (const show of gauges) show();
  });
}
