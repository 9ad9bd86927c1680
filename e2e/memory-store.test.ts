import { expect, test } from 'vitest';
import { startProgram } from './program.ts';

const MEMORY = ['--span-storage.type', 'memory'];
const FREE = '127.0.0.1:0';
/** Starts of programs on a machine that has other things to do. */
const timeout = 60_000;

test('a collector of its own takes spans into its memory, and says that nobody will read them', {
  timeout,
}, async () => {
  await using collector = await startProgram(
    'collector',
    'grpcPort',
    ...['--collector.grpc-server.host-port', FREE, '--collector.http-server.host-port', FREE],
    ...['--collector.otlp.grpc.host-port', FREE, '--collector.otlp.http.host-port', FREE],
    ...['--collector.port', '0'],
    ...['--admin.http.host-port', FREE, ...MEMORY],
  );
  expect(collector.lines.join('\n')).toContain("no query service can read this collector's memory");
});

test('a query service of its own says that its memory stays empty', { timeout }, async () => {
  await using query = await startProgram(
    'query',
    'port',
    ...[
      '--query.http-server.host-port',
      FREE,
      '--query.grpc-server.host-port',
      FREE,
      '--admin.http.host-port',
      FREE,
      ...MEMORY,
    ],
  );
  expect(query.lines.join('\n')).toContain("no collector can write into this query service's");
  const services = await fetch(`http://127.0.0.1:${query.port}/api/services`);
  expect(await services.json()).toMatchObject({ data: null, total: 0, errors: null });
});
