import { COLLECTOR_WITHIN_MS } from '@spoor/platform';
import {
  type CollectorReporter,
  type ReporterOptions,
  showConnected,
} from '../collector-reporter.ts';
import { CollectorSink } from '../collector-sink.ts';
import { TchannelClient } from './tchannel-client.ts';
import { tchannelConfigSource } from './tchannel-config-source.ts';
import { tchannelLink } from './tchannel-link.ts';

/** The way over TChannel, which collectors of Jaeger had up to 1.17. */
export function tchannelReporter(
  options: ReporterOptions & { readonly connectTimeoutMs?: number },
): CollectorReporter {
  const {
    collectors,
    metrics,
    callTimeoutMs = COLLECTOR_WITHIN_MS,
    connectTimeoutMs = 5000,
  } = options;
  const clients = collectors.map(
    (collector) => new TchannelClient(collector, { connectMs: connectTimeoutMs }),
  );
  const links = clients.map((client) => tchannelLink(client, callTimeoutMs));
  showConnected(links, 'tchannel', metrics);
  const sink = new CollectorSink(links, { ...options, protocol: 'tchannel' });
  return { sink, config: tchannelConfigSource(clients) };
}
