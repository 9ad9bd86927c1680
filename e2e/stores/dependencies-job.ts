import type { SpanStore } from '@spoor/storage-api';
import { NOON, type SampleBatch, sampleBatch } from '@spoor/storage-testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram } from './run-program.ts';

export interface JobSetup {
  open(): Promise<SpanStore>;
  /** What tells the program of the same store. */
  readonly env: Readonly<Record<string, string>>;
  /** Removes everything. */
  clean(): Promise<void>;
}

const HOUR = 3_600_000_000;

/** The job as a program, on a real server and the clock of this machine. */
export function describeDependenciesJob(setup: () => JobSetup): void {
  let store: SpanStore;
  const now = Date.now() * 1000;

  beforeAll(async () => {
    store = await setup().open();
  });
  afterAll(async () => {
    await store.close();
    await setup().clean();
  });

  async function write(...batches: readonly SampleBatch[]): Promise<void> {
    for (const batch of batches) await store.writer.write(sampleBatch(batch));
  }

  /** A span that started some hours ago. */
  function span(service: string, id: number, parent: number | undefined, hours = 0): SampleBatch {
    const traceId = '00000000000000da';
    const spanId = (of: number) => `${of}`.padStart(16, '0');
    const references =
      parent === undefined
        ? []
        : [{ refType: 'CHILD_OF' as const, traceId, spanId: spanId(parent) }];
    const start = now - NOON - hours * HOUR;
    return { service, spans: [{ traceId, spanId: spanId(id), references, start }] };
  }

  const count = async () => (await runProgram('dependencies', [], setup().env)).at(-1);
  const links = () => store.dependencies?.read(Date.now() * 1000, 24 * HOUR);

  it('counts the calls of a day', async () => {
    await write(span('shop', 1, undefined, 5), span('pay', 2, 1, 5), span('pay', 3, 1));
    expect(await count()).toMatchObject({ calls: 2 });
    expect(await links()).toEqual([{ parent: 'shop', child: 'pay', callCount: 2 }]);
  });

  it('run again, it goes on where it was, and changes nothing that has not changed', async () => {
    expect(await count()).toMatchObject({ slices: expect.toBeOneOf([2, 3]) });
    expect(await links()).toEqual([{ parent: 'shop', child: 'pay', callCount: 2 }]);
    await write(span('bank', 4, 3), span('bank', 5, 2));
    await count();
    await count();
    expect(await links()).toEqual([
      { parent: 'pay', child: 'bank', callCount: 2 },
      { parent: 'shop', child: 'pay', callCount: 2 },
    ]);
  });
}
