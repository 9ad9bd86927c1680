import type { AllInOnePorts } from '@spoor/all-in-one';
import { startProgram } from './program.ts';

export interface Stack {
  /** Where the UI and the query API are; no slash at the end. */
  readonly queryUrl: string;
  /** All of them. */
  readonly ports: AllInOnePorts;
  /** UDP, compact Thrift. */
  readonly agentPort: number;
  /** OTLP over HTTP; no slash at the end. */
  readonly otlpUrl: string;
}

/** What of a trace is read here. */
export interface LessonSpan {
  readonly spanID: string;
  readonly operationName: string;
}

export interface LessonTrace {
  readonly traceId: string;
  /** By operation name. */
  readonly spanIds: ReadonlyMap<string, string>;
}

/**
 * Runs lesson 3: both services report to the stack, and one request goes through them.
 * @param timeScale of the lesson's sleeps, which take three seconds together
 */
export async function runLesson3(
  { queryUrl, agentPort }: Stack,
  timeScale: number,
  ports: { readonly client: number; readonly service1: number } = { client: 0, service1: 0 },
): Promise<LessonTrace> {
  const env = { JAEGER_AGENT_PORT: String(agentPort), SPOOR_TIME_SCALE: String(timeScale) };
  const listening = /listening on (\S+)/;
  {
    await using service1 = await startProgram('services/src/http-service1.ts', listening, {
      ...env,
      HTTP_SERVICE1_PORT: String(ports.service1),
    });
    await using client = await startProgram('services/src/http-client.ts', listening, {
      ...env,
      HTTP_CLIENT_PORT: String(ports.client),
      HTTP_SERVICE1_URL: `${service1.ready[1]}/httpService1`,
    });
    const answer = await fetch(`${client.ready[1]}/http`);
    if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
    // Leaving closes the tracers, and that sends the spans.
  }
  return arrived(queryUrl);
}

/** Waits until the store has the three spans. */
async function arrived(queryUrl: string): Promise<LessonTrace> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const answer = await fetch(`${queryUrl}/api/traces?service=jaeger-http-client`);
    const { data } = (await answer.json()) as { data: { traceID: string; spans: LessonSpan[] }[] };
    const [trace] = data;
    if (trace?.spans.length === 3) {
      const spanIds = trace.spans.map(
        ({ operationName, spanID }) => [operationName, spanID] as const,
      );
      return { traceId: trace.traceID, spanIds: new Map(spanIds) };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("lesson 3's trace did not arrive");
}
