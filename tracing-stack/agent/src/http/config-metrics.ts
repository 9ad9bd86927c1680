import type { Metrics } from '@spoor/platform';

/** What clients ask the agent for. */
export type Endpoint = 'sampling' | 'sampling-legacy' | 'baggage';

/** Jaeger's counters of what clients asked, and of what was asked of collectors for them. */
export function configMetrics(metrics: Metrics, protocol: string) {
  const requests = metrics.counter(
    'jaeger_agent_http_server_requests_total',
    'Questions of clients that were answered',
    ['type'],
  );
  const errors = metrics.counter(
    'jaeger_agent_http_server_errors_total',
    'Questions of clients that were not answered, by whose doing it was',
    ['source', 'status'],
  );
  const asked = metrics.counter(
    'jaeger_agent_collector_proxy_total',
    'Questions of clients that were handed on, by what came of it',
    ['endpoint', 'protocol', 'result'],
  );
  // Shown before they counted anything: nothing refused reads as 0, and not as no answer.
  for (const type of ['sampling', 'sampling-legacy', 'baggage']) requests.inc({ type }, 0);
  errors.inc({ source: 'all', status: '4xx' }, 0);
  errors.inc({ source: 'collector-proxy', status: '5xx' }, 0);
  for (const endpoint of ['sampling', 'baggage']) {
    for (const result of ['ok', 'err']) asked.inc({ endpoint, protocol, result }, 0);
  }
  return {
    badRequest: () => errors.inc({ source: 'all', status: '4xx' }),
    answered(type: Endpoint): void {
      requests.inc({ type });
      asked.inc({ endpoint: endpointOf(type), protocol, result: 'ok' });
    },
    failed(type: Endpoint): void {
      errors.inc({ source: 'collector-proxy', status: '5xx' });
      asked.inc({ endpoint: endpointOf(type), protocol, result: 'err' });
    },
  };
}

function endpointOf(type: Endpoint): string {
  return type === 'baggage' ? 'baggage' : 'sampling';
}
