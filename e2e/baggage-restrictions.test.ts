import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FREE_PORTS, startAllInOne } from '@spoor/all-in-one';
import { InMemoryReporter, initTracer } from '@spoor/client';
import { createLogger } from '@spoor/platform';
import { expect, test, vi } from 'vitest';

test('the agent tells from its file which baggage may be set, and the tracer obeys, also when it changes', {
  timeout: 60_000,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-baggage-'));
  const file = join(directory, 'baggage.json');
  const allow = (...keys: string[]) =>
    writeFile(
      file,
      JSON.stringify({
        default_restrictions: keys.map((baggageKey) => ({ baggageKey, maxValueLength: 4 })),
      }),
    );
  await allow('tenant');
  const stack = await startAllInOne({
    ports: FREE_PORTS,
    storage: { type: 'memory' },
    agent: { baggageRestrictionsFile: file },
    logger: createLogger({ name: 'all-in-one', level: 'silent' }),
  });
  const tracer = initTracer(
    {
      serviceName: 'checkout',
      sampler: { type: 'const', param: 1 },
      baggageRestrictions: {
        hostPort: `127.0.0.1:${stack.ports.agentHttp}`,
        denyBaggageOnInitializationFailure: true,
        refreshInterval: 50,
      },
    },
    { reporter: new InMemoryReporter(), env: {} },
  );
  /** What is left of three items. */
  const left = () => {
    const span = tracer.startSpan('pay');
    for (const key of ['tenant', 'user', 'other']) span.setBaggageItem(key, `${key} alice`);
    return Object.fromEntries(span.context().baggage);
  };
  try {
    expect(left()).toEqual({});
    await vi.waitFor(() => expect(left()).toEqual({ tenant: 'tena' }), { timeout: 20_000 });
    await allow('user', 'other');
    const others = { user: 'user', other: 'othe' };
    await vi.waitFor(() => expect(left()).toEqual(others), { timeout: 20_000 });
  } finally {
    await tracer.close();
    await stack.close();
    await rm(directory, { recursive: true });
  }
});
