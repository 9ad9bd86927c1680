import { type Server, status } from '@grpc/grpc-js';
import { type Adjuster, adjust } from '@spoor/analysis';
import type { Span, TraceId } from '@spoor/model';
import {
  CallError,
  type CallHandlers,
  loadService,
  pointInTime,
  type TimeMessage,
} from '@spoor/platform/grpc';
import { encodeOtlpProto, otlpFromSpans } from '@spoor/wire';
import { type TraceSummary, traceSummary } from '../api-v3/trace-summary.ts';
import { knownKinds } from '../operation-kinds.ts';
import { ParameterError } from '../parameters/go-errors.ts';
import { traceIdParameter } from '../parameters/trace-id.ts';
import { DEFAULT_DEPTH } from '../parameters/v3-query.ts';
import { QueryError } from '../query-error.ts';
import type { Sources } from '../sources.ts';
import { withRawAnswers } from './raw-answers.ts';
import { type SearchMessage, traceSearch } from './trace-search.ts';

const NAME = 'jaeger.api_v3.QueryService';

/** A trace that is larger comes in several messages: clients take no more than 4 MiB in one. */
const MAX_MESSAGE_BYTES = 3 * 1024 * 1024;

interface SearchRequest {
  readonly query:
    | (SearchMessage & { readonly attributes: Readonly<Record<string, string>> })
    | null;
}

interface OperationsRequest {
  readonly service: string;
  readonly spanKind: string;
}

interface TimeRange {
  readonly startTime: TimeMessage | null;
  readonly endTime: TimeMessage | null;
}

/** Adds `jaeger.api_v3.QueryService`, and returns its name. Only what is summed up is adjusted. */
export async function addV3Service(
  server: Server,
  handlers: CallHandlers,
  sources: Sources,
  adjusters: readonly Adjuster[],
): Promise<string> {
  const { reader, check } = sources;

  async function* getTrace({ traceId }: { traceId: string }): AsyncGenerator<Uint8Array> {
    const id = traceIdOf(traceId);
    await check();
    const trace = await reader.trace(id);
    if (trace === undefined) {
      // Jaeger says UNKNOWN, which says less.
      const { message } = new QueryError('no-trace');
      throw new CallError(status.NOT_FOUND, `cannot retrieve trace: ${message}`);
    }
    yield* tracesData(trace.spans);
  }

  async function* findTraces(request: SearchRequest): AsyncGenerator<Uint8Array> {
    await check();
    for await (const trace of reader.findTraces(searchOf(request))) yield* tracesData(trace.spans);
  }

  async function* findTraceSummaries(
    request: SearchRequest,
  ): AsyncGenerator<{ summaries: TraceSummary[] }> {
    await check();
    for await (const trace of reader.findTraces(searchOf(request)))
      yield { summaries: [traceSummary(adjust(trace, adjusters))] };
  }

  const service = await loadService('query-v3.proto', NAME);
  server.addService(withRawAnswers(service, ['GetTrace', 'FindTraces']), {
    GetTrace: handlers.serverStream('v3/GetTrace', getTrace),
    FindTraces: handlers.serverStream('v3/FindTraces', findTraces),
    FindTraceSummaries: handlers.serverStream('v3/FindTraceSummaries', findTraceSummaries),
    GetServices: handlers.unary('v3/GetServices', async () => {
      await check();
      return { services: await reader.services() };
    }),
    GetOperations: handlers.unary(
      'v3/GetOperations',
      async ({ service: serviceName, spanKind }: OperationsRequest) => {
        await check();
        return { operations: knownKinds(await reader.operations({ serviceName }), spanKind) };
      },
    ),
    GetDependencies: handlers.unary('v3/GetDependencies', async (range: TimeRange) => {
      const start = pointInTime(range.startTime);
      const end = pointInTime(range.endTime);
      if (start === undefined) throw invalid('start_time is required');
      if (end === undefined) throw invalid('end_time is required');
      if (end <= start) throw invalid('end_time must be after start_time');
      await check();
      return { dependencies: await sources.dependencies(end, end - start) };
    }),
  });
  return NAME;
}

function searchOf({ query }: SearchRequest) {
  if (query === null) throw invalid('missing query');
  if (query.startTimeMin === null || query.startTimeMax === null)
    throw new CallError(status.UNKNOWN, 'start time min and max are required parameters');
  return traceSearch(query, query.attributes, DEFAULT_DEPTH);
}

function traceIdOf(text: string): TraceId {
  try {
    return traceIdParameter(text);
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    throw new CallError(status.UNKNOWN, `malform trace ID: ${error.message}`);
  }
}

function invalid(message: string): CallError {
  return new CallError(status.INVALID_ARGUMENT, message);
}

/** `TracesData` of one trace, in halves of halves if it is too large. */
function* tracesData(spans: readonly Span[]): Generator<Uint8Array> {
  const bytes = encodeOtlpProto(otlpFromSpans(spans));
  if (bytes.length <= MAX_MESSAGE_BYTES || spans.length < 2) {
    yield bytes;
    return;
  }
  const half = Math.ceil(spans.length / 2);
  yield* tracesData(spans.slice(0, half));
  yield* tracesData(spans.slice(half));
}
