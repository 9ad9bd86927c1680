import { randomBytes } from 'node:crypto';
import { createLogger } from '@spoor/platform';
import { openElasticsearchStore } from '@spoor/storage-elasticsearch';
import {
  cleanIndices,
  daysAgo,
  ILM_POLICY,
  Rollover,
  unitsAgo,
} from '@spoor/storage-elasticsearch/maintenance';
import { NOON, RICH, sampleBatch } from '@spoor/storage-testkit';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { runProgram } from './run-program.ts';

const server = inject('elasticsearch');
const logger = createLogger({ name: 'test', level: 'silent' });

const DAILY = { dateSeparator: '-', rollover: false, archive: false };
const TEMPLATES = {
  shards: 1,
  replicas: 0,
  useIlm: false,
  ilmPolicy: ILM_POLICY,
  priority: { span: 0, service: 0, dependencies: 0 },
};

describe.skipIf('missing' in server)('programs that take care of indices', () => {
  const url = 'url' in server ? server.url : '';
  const prefixes: string[] = [];

  function newPrefix(): string {
    const prefix = `i${randomBytes(6).toString('hex')}`;
    prefixes.push(prefix);
    return prefix;
  }
  afterAll(async () => {
    for (const prefix of prefixes) {
      await fetch(`${url}/${prefix}-*`, { method: 'DELETE' });
      await fetch(`${url}/_index_template/${prefix}-*`, { method: 'DELETE' });
      await fetch(`${url}/_template/${prefix}-*`, { method: 'DELETE' });
    }
  });

  /** Jaeger's indices of a prefix, without it, with the aliases of each. */
  async function indices(prefix: string): Promise<Record<string, string[]>> {
    const response = await fetch(`${url}/${prefix}-jaeger-*/_alias`);
    const found = (await response.json()) as Record<string, { aliases: object }>;
    const short = (name: string) => name.slice(prefix.length + '-jaeger-'.length);
    return Object.fromEntries(
      Object.entries(found).map(([name, { aliases }]) => [
        short(name),
        Object.keys(aliases).map(short).sort(),
      ]),
    );
  }

  function open(prefix: string, useAliases: boolean) {
    const options = { serverUrls: [url], indexPrefix: prefix, shards: 1, replicas: 0, useAliases };
    const bulk = { flushIntervalMs: 0 };
    return openElasticsearchStore({ ...options, bulk, createTemplates: true, archive: options });
  }

  function batch(traceId: string, operation = 'work') {
    return sampleBatch({ spans: [{ ...RICH, traceId, operation }] });
  }

  test('the cleaner removes the indices of days, and nothing that is young or another thing', async () => {
    const prefix = newPrefix();
    const store = await open(prefix, false);
    await store.writer.write(batch('00000000000000aa'));
    await store.dependencies?.write(NOON, [{ parent: 'a', child: 'b', callCount: 1 }]);
    await store.archive?.writer.write(batch('00000000000000aa'));
    const clean = (days: number, dateSeparator = '-') =>
      cleanIndices(
        { serverUrls: [url] },
        { ...DAILY, prefix, dateSeparator, before: daysAgo(days, Date.now()) },
        logger,
      );
    const all = ['dependencies-2026-11-22', 'service-2026-11-22', 'span-2026-11-22'];
    expect(Object.keys(await indices(prefix)).sort()).toEqual([...all, 'span-archive'].sort());
    expect(await clean(2)).toEqual([]);
    expect(await clean(0, '.')).toEqual([]);
    const log = await runProgram('es-index-cleaner', ['0', url, '--index-prefix', prefix]);
    expect(log.at(-1)).toMatchObject({ removed: 3 });
    expect(await indices(prefix)).toEqual({ 'span-archive': [] });
    expect(await store.reader.trace('00000000000000aa')).toBeUndefined();
    expect((await store.archive?.reader.trace('00000000000000aa'))?.spans).toHaveLength(1);
    await store.close();
  });

  test('behind aliases that nobody made nothing is written, and nothing stands in the way of them', async () => {
    const prefix = newPrefix();
    const store = await open(prefix, true);
    const links = [{ parent: 'a', child: 'b', callCount: 1 }];
    const writeAll = () =>
      Promise.allSettled([
        store.writer.write(batch('00000000000000a1')),
        store.archive?.writer.write(batch('00000000000000a1')),
        store.dependencies?.write(NOON, links),
      ]);
    const refused = { status: 'rejected', reason: { code: 'unavailable' } };
    expect(await writeAll()).toMatchObject([refused, refused, refused]);
    expect(await indices(prefix)).toEqual({});

    for (const archive of [false, true]) {
      const scope = { prefix, archive, skipDependencies: false };
      const rollover = await Rollover.of({ serverUrls: [url] }, scope, logger);
      await rollover.init({ templates: TEMPLATES });
      await rollover.close();
    }
    expect(await writeAll()).toMatchObject(Array(3).fill({ status: 'fulfilled' }));
    expect((await store.reader.trace('00000000000000a1'))?.spans).toHaveLength(1);
    expect((await store.archive?.reader.trace('00000000000000a1'))?.spans).toHaveLength(1);
    expect(await store.dependencies?.read(NOON, 1)).toEqual(links);
    await store.close();
  });

  test('behind aliases indices begin, are read on, leave what is read, and are removed', async () => {
    const prefix = newPrefix();
    const rolloverOf = (archive: boolean) =>
      Rollover.of({ serverUrls: [url] }, { prefix, archive, skipDependencies: false }, logger);
    const rollover = await rolloverOf(false);
    const ofArchive = await rolloverOf(true);
    const small = ['--shards', '1', '--replicas', '0'];
    await runProgram('es-rollover', ['init', url, '--index-prefix', prefix, ...small]);
    await rollover.init({ templates: TEMPLATES });
    await ofArchive.init({ templates: TEMPLATES });
    expect(await indices(prefix)).toEqual({
      'dependencies-000001': ['dependencies-read', 'dependencies-write'],
      'service-000001': ['service-read', 'service-write'],
      'span-000001': ['span-read', 'span-write'],
      'span-archive-000001': ['span-archive-read', 'span-archive-write'],
    });

    const store = await open(prefix, true);
    const links = [{ parent: 'a', child: 'b', callCount: 1 }];
    await store.writer.write(batch('00000000000000a1', 'first'));
    await store.archive?.writer.write(batch('00000000000000a1'));
    await store.dependencies?.write(NOON, links);
    await rollover.rollover({ max_docs: 1000 });
    expect(await indices(prefix)).not.toHaveProperty('span-000002');
    await rollover.rollover({});
    await store.writer.write(batch('00000000000000a2', 'second'));
    // The same links again, and into another index: they are there once.
    await store.dependencies?.write(NOON, links);
    expect(await store.dependencies?.read(NOON, 1)).toEqual(links);
    for (const traceId of ['00000000000000a1', '00000000000000a2']) {
      expect((await store.reader.trace(traceId))?.spans, traceId).toHaveLength(1);
    }

    await rollover.lookback(unitsAgo(1, 'days', Date.now()));
    expect((await indices(prefix))['span-000001']).toEqual(['span-read']);
    await rollover.lookback(unitsAgo(0, 'days', Date.now()));
    expect(await indices(prefix)).toMatchObject({
      'span-000001': [],
      'span-000002': ['span-read', 'span-write'],
      'span-archive-000001': ['span-archive-read', 'span-archive-write'],
    });
    expect(await store.reader.trace('00000000000000a1')).toBeUndefined();
    expect((await store.reader.trace('00000000000000a2'))?.spans).toHaveLength(1);
    expect((await store.archive?.reader.trace('00000000000000a1'))?.spans).toHaveLength(1);
    expect(await store.reader.services()).toEqual(['frontend']);

    const before = daysAgo(0, Date.now());
    await cleanIndices({ serverUrls: [url] }, { ...DAILY, prefix, rollover: true, before }, logger);
    expect(Object.keys(await indices(prefix)).sort()).toEqual([
      'dependencies-000002',
      'service-000002',
      'span-000002',
      'span-archive-000001',
    ]);
    await rollover.close();
    await ofArchive.close();
    await store.close();
  });

  test.each([
    ['es-index-cleaner', ['ten', url], '[es-index-cleaner] expected a number of days, got "ten"'],
    ['es-index-cleaner', ['10', 'foo'], '[es-index-cleaner] expected http://HOST:PORT, got "foo"'],
    [
      'es-rollover',
      ['init', '127.0.0.1:9200'],
      '[es-rollover] expected http://HOST:PORT, got "127.0.0.1:9200"',
    ],
    ['es-index-cleaner', ['10'], '[es-index-cleaner] expected NUM_OF_DAYS http://HOST:PORT'],
    ['es-rollover', ['roll', url], '[es-rollover] expected one of init, rollover, lookback'],
    ['es-rollover', ['rollover', url, '--index-prefix', 'none'], '[elasticsearch] answered 404'],
  ])('%s says what is wrong with %j, and nothing else', async (program, args, why) => {
    const failed = await runProgram(program, args).catch((error: unknown) => error);
    const { code, stderr } = failed as { code: number; stderr: string };
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(why)]);
  });
});
