import type { RequestListener } from 'node:http';
import type { Metrics } from '@spoor/platform';

/** A path that a sender chose makes series, so what comes after so many of them is counted together, as in Jaeger. */
const MAX_SERIES = 1000;
const OTHER = { method: 'other', path: 'other', status: 'other' };

/** Measures how long `handle` took for each request, under Jaeger's name. */
export function measureRequests(metrics: Metrics, handle: RequestListener): RequestListener {
  const durations = metrics.histogram(
    'jaeger_collector_http_request_duration',
    'Seconds from the headers of a request to the end of its answer',
    ['method', 'path', 'status'],
  );
  durations.zero(OTHER);
  const known = new Set<string>();
  return (request, response) => {
    const started = performance.now();
    const { method = '', url = '' } = request;
    response.once('close', () => {
      const [path = ''] = url.split('?', 1);
      // As Jaeger says of a request that got no answer.
      const status = response.headersSent ? String(response.statusCode) : '0';
      const series = `${method} ${status} ${path}`;
      if (known.size < MAX_SERIES) known.add(series);
      const labels = known.has(series) ? { method, path, status } : OTHER;
      durations.observe(labels, (performance.now() - started) / 1000);
    });
    handle(request, response);
  };
}
