import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KitRun } from './kit-run.ts';
import { query } from './sample-query.ts';
import { SEARCHED, TRACES } from './searched-traces.ts';
import { SEARCHES } from './searches.ts';

export function describeSearches(run: KitRun): void {
  describe('7: finds traces', () => {
    beforeAll(async () => {
      await run.start();
      await run.write(...SEARCHED);
    });
    afterAll(() => run.stop());

    for (const search of SEARCHES) {
      it(search.name, async () => {
        const { reader } = run.kit.store;
        const expected = search.finds.map((trace) => TRACES[trace]);
        const asked = query(search.query);
        expect(await reader.findTraceIds(asked)).toEqual(expected);
        const found = await reader.findTraces(asked);
        expect(found.map(({ traceId }) => traceId)).toEqual(expected);
        for (const trace of found) expect(trace).toEqual(await reader.trace(trace.traceId));
      });
    }
  });
}
