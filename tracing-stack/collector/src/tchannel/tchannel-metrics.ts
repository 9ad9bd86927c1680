import type { Metrics } from '@spoor/platform';

/** What TChannel does beside spans, which are counted where those of the other doors are. */
export function tchannelMetrics(metrics: Metrics) {
  const all = {
    connections: metrics.gauge(
      'spoor_collector_tchannel_connections',
      'Connections of agents over TChannel',
    ),
    refused: metrics.counter(
      'spoor_collector_tchannel_connections_refused_total',
      'Connections that were closed at once, for there were too many',
    ),
    calls: metrics.counter(
      'spoor_collector_tchannel_calls_total',
      'Calls over TChannel, by the method',
      ['method'],
    ),
    errors: metrics.counter(
      'spoor_collector_tchannel_errors_total',
      'Calls and connections that were answered with an error frame, by its code',
      ['code'],
    ),
    ignored: metrics.counter(
      'spoor_collector_tchannel_frames_ignored_total',
      'Frames of a type that nobody expects here, or of a call that has ended',
    ),
  };
  all.refused.inc(0);
  all.ignored.inc(0);
  return all;
}

export type TchannelMetrics = ReturnType<typeof tchannelMetrics>;
