import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '@spoor/platform';
import { samplingStrategyJson } from '@spoor/wire';
import type { SamplingProvider } from '../sampling/sampling-provider.ts';
import { sendEmpty, sendError, sendJson } from './go-answer.ts';

/** Answers the paths at which clients and agents ask how to behave, and no others. */
export type ClientConfig = (request: IncomingMessage, response: ServerResponse) => boolean;

/** `/api/sampling` and `/api/baggageRestrictions`, the second of which Jaeger's collector never learnt to answer. */
export function clientConfig(sampling: SamplingProvider, metrics: Metrics): ClientConfig {
  const errors = metrics.counter(
    'jaeger_collector_http_server_errors_total',
    'Questions of clients and agents that were not answered, by whose doing it was',
    ['source', 'status'],
  );
  const theirs = { source: 'all', status: '4xx' };
  const ours = { source: 'collector-proxy', status: '5xx' };
  for (const labels of [theirs, ours]) errors.inc(labels, 0);
  const answers = answersOf(sampling, metrics, () => errors.inc(ours));
  return (request, response) => {
    const [path = '', query] = (request.url ?? '').split('?', 2);
    const answer = answers.get(path);
    if (answer === undefined) return false;
    const services = new URLSearchParams(query).getAll('service');
    const [service] = services;
    if (request.method !== 'GET') sendEmpty(response, 405);
    else if (service === undefined || services.length > 1) {
      errors.inc(theirs);
      sendError(response, 400, "'service' parameter must be provided once");
    } else answer(service, response);
    return true;
  };
}

type Answer = (service: string, response: ServerResponse) => void;

function answersOf(
  sampling: SamplingProvider,
  metrics: Metrics,
  failed: () => void,
): ReadonlyMap<string, Answer> {
  const requests = metrics.counter(
    'jaeger_collector_http_server_requests_total',
    'Questions of clients and agents that were answered',
    ['type'],
  );
  requests.inc({ type: 'sampling' }, 0);
  return new Map<string, Answer>([
    [
      '/api/sampling',
      (service, response) => {
        requests.inc({ type: 'sampling' });
        sendJson(response, samplingStrategyJson(sampling.strategyOf(service)));
      },
    ],
    [
      '/api/baggageRestrictions',
      (_, response) => {
        failed();
        sendError(response, 500, 'collector error: baggage restrictions not implemented');
      },
    ],
  ]);
}
