import { sampleQuery } from '@spoor/storage-testkit';
import { expect, it } from 'vitest';
import { openElasticsearchStore } from './elasticsearch-store.ts';
import { answeringServer } from './testing/answering-server.ts';

const TRACE = '000000000000abcd';
const LONG_NAME = 's'.repeat(300);
const DOCUMENT = {
  traceID: TRACE,
  spanID: '0000000000000001',
  operationName: 'o',
  references: [],
  startTime: 1_795_377_600_000_000,
  startTimeMillis: 1_795_377_600_000,
  duration: 1,
  tags: [{ key: 'http.status_code', type: 'int64', value: '503' }],
  logs: [],
  process: { serviceName: LONG_NAME, tags: [] },
};

interface Search {
  readonly aggs?: unknown;
  readonly _source?: unknown;
}

/** A server with one document, which all searches find, and the searches that it was asked for. */
async function storeWithOne() {
  const searches: Search[] = [];
  const aggregations = { traceIDs: { buckets: [{ key: TRACE }] } };
  const hits = [{ _index: 'i', _id: 'x', sort: [DOCUMENT.startTime], _source: DOCUMENT }];
  const url = await answeringServer((body, response, { url: path = '' }) => {
    if (path.includes('_pit')) return response.end('{"id":"x"}');
    if (!path.includes('_search')) return response.end('{}');
    const search = JSON.parse(body) as Search;
    searches.push(search);
    return response.end(
      JSON.stringify({ hits: { hits }, ...(search.aggs === undefined ? {} : { aggregations }) }),
    );
  });
  const store = await openElasticsearchStore({ serverUrls: [url], readOnly: true });
  return { store, searches };
}

it.each([20, 10_000, 10_001, Number.POSITIVE_INFINITY])(
  'a tag is an expression whatever the limit: %d',
  async (limit) => {
    const { store } = await storeWithOne();
    const query = sampleQuery({ tags: { 'http.status_code': '5..' }, limit });
    expect(await store.reader.findTraceIds(query)).toEqual([TRACE]);
    await store.close();
  },
);

it('what is indexed is an expression also where something else has to be read', async () => {
  const { store, searches } = await storeWithOne();
  const asked = { tags: { 'http.status_code': '5..' }, limit: 20 };
  const found = (serviceName: string) =>
    store.reader.findTraceIds(sampleQuery({ ...asked, serviceName }));
  expect(await found(LONG_NAME)).toEqual([TRACE]);
  expect(await found(`${LONG_NAME}s`)).toEqual([]);
  expect(searches.map(({ _source }) => _source)).toEqual([undefined, undefined]);
  await store.close();
});

it('a search for all reads what decides the order, and no more of a span', async () => {
  const { store, searches } = await storeWithOne();
  await store.reader.findTraceIds(sampleQuery({ limit: Number.POSITIVE_INFINITY }));
  expect(searches).toMatchObject([{ _source: ['traceID', 'startTime', 'duration', 'spoor'] }]);
  await store.close();
});
