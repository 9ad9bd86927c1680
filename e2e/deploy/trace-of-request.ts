import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import type { ComposedStack } from './composed-stack.ts';

/** From a request to its trace, on a busy machine and past a container that comes back. */
export const ARRIVES = { timeout: 60_000, interval: 250 };

/** Of the spans that a request to http-client leaves, in the alphabet's order. */
export const OPERATIONS = [
  'CallHttpService1Opname',
  'jaegerHttpOpname',
  'jaegerHttpService1Opname',
];

export interface TraceAnswer {
  readonly data:
    | readonly {
        readonly traceID: string;
        readonly spans: readonly { readonly operationName: string }[];
      }[]
    | null;
}

/** What one of the stack's usual ports answers. */
export async function ask(stack: ComposedStack, usual: number, path: string): Promise<TraceAnswer> {
  const answer = await fetch(stack.url(usual, path));
  expect(answer.status).toBe(200);
  return (await answer.json()) as TraceAnswer;
}

/** Asks http-client, as curl would, and gives the debug id by which the trace is found. */
export async function request(stack: ComposedStack): Promise<string> {
  const debugId = randomUUID();
  // Over a connection of its own: one that was kept may be closed by the service just then.
  const headers = { 'jaeger-debug-id': debugId, connection: 'close' };
  const answer = await fetch(stack.url(2333, '/http'), { headers });
  expect([answer.status, await answer.text()]).toEqual([200, 'Jaeger Http']);
  return debugId;
}

/** Waits, as somebody would in the browser, until the trace is there and whole. Gives its id. */
export async function wholeTrace(stack: ComposedStack, debugId: string): Promise<string> {
  const query = new URLSearchParams({
    service: 'jaeger-http-client',
    tags: JSON.stringify({ 'jaeger-debug-id': debugId }),
  });
  return vi.waitFor(async () => {
    const { data } = await ask(stack, 16686, `/api/traces?${query}`);
    expect(data?.[0]?.spans.map((span) => span.operationName).sort()).toEqual(OPERATIONS);
    return data?.[0]?.traceID ?? '';
  }, ARRIVES);
}

export async function traceOfRequest(stack: ComposedStack): Promise<string> {
  return wholeTrace(stack, await request(stack));
}
