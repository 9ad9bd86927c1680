import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createLogger, type NamedClientTls } from '@spoor/platform';
import {
  type ElasticsearchStoreOptions,
  openElasticsearchStore,
} from '@spoor/storage-elasticsearch';
import { sampleBatch } from '@spoor/storage-testkit';
import { makeCertificate, noOpenssl } from '@spoor/storage-testkit/certificates';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { COLLECTOR_PORTS, lookFor, Sender } from '../acknowledged-spans.ts';
import { adminText } from '../outage/agent-and-collector.ts';
import { startProgram } from '../program.ts';
import { expectEveryKindOfCall } from './every-kind-of-call.ts';
import { type GuardedProxy, guardedProxy } from './guarded-proxy.ts';

const server = inject('elasticsearch');
const upstream = 'url' in server ? server.url : '';
const missing = 'missing' in server ? server.missing : noOpenssl;

const PASSWORD = 'pass-word-of-somebody';
const WRONG = 'another-pass-word';
const TOKEN = 'token-that-is-good';
const EXPIRED = 'token-that-has-expired';
const SECRETS = [PASSWORD, WRONG, TOKEN, EXPIRED].flatMap((secret) => [
  secret,
  Buffer.from(`somebody:${secret}`).toString('base64'),
]);
const ADMITTED = [
  `Basic ${Buffer.from(`somebody:${PASSWORD}`).toString('base64')}`,
  `Bearer ${TOKEN}`,
];

describe.skipIf(missing)(`behind TLS${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let directory: string;
  let proxy: GuardedProxy;
  let strict: GuardedProxy;
  const prefixes: string[] = [];
  const file = (name: string) => join(directory, name);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'spoor-security-'));
    const own = await makeCertificate(directory, 'server', '127.0.0.1');
    const named = await makeCertificate(directory, 'named', 'storage.test');
    await makeCertificate(directory, 'client', 'collector.test');
    await makeCertificate(directory, 'stranger', '127.0.0.1');
    for (const [name, text] of Object.entries({
      password: `${PASSWORD}\n`,
      token: `${TOKEN}\n`,
      expired: EXPIRED,
    })) {
      await writeFile(file(name), text);
    }
    const admits = (authorization = '') => ADMITTED.includes(authorization);
    proxy = await guardedProxy(upstream, { ...own, admits });
    strict = await guardedProxy(upstream, { ...named, clientCa: file('client.crt'), admits });
  });
  afterAll(async () => {
    await proxy?.[Symbol.asyncDispose]();
    await strict?.[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
    for (const prefix of prefixes) {
      await fetch(`${upstream}/${prefix}-*`, { method: 'DELETE' });
      for (const kind of ['_index_template', '_template'])
        await fetch(`${upstream}/${kind}/${prefix}-*`, { method: 'DELETE' });
    }
  });

  function tls(more: Partial<NamedClientTls> = {}): NamedClientTls {
    const none = { cert: '', key: '', serverName: '', skipHostVerify: false };
    return { enabled: true, ca: file('server.crt'), ...none, ...more };
  }

  /** Shows a certificate of its own, and knows the other end by a name that is not its address's. */
  const mutual = () =>
    tls({
      ca: file('named.crt'),
      cert: file('client.crt'),
      key: file('client.key'),
      serverName: 'storage.test',
    });

  function newPrefix(): string {
    const prefix = `s${randomBytes(6).toString('hex')}`;
    prefixes.push(prefix);
    return prefix;
  }

  function options(more: ElasticsearchStoreOptions = {}): ElasticsearchStoreOptions {
    const small = { shards: 1, replicas: 0, bulk: { flushIntervalMs: 0 } };
    const own = { indexPrefix: newPrefix(), maxSpanAgeMs: 100 * 365 * 86_400_000 };
    return { serverUrls: [proxy.url], tls: tls(), ...small, ...own, ...more };
  }

  test('certificates on both ends and a token from a file will do for every kind of call', async () => {
    const secured = options({
      serverUrls: [strict.url],
      tls: mutual(),
      tokenFile: file('token'),
    });
    const store = await openElasticsearchStore({ ...secured, archive: secured });
    await expectEveryKindOfCall(store);
    await store.close();
  });

  test.each<[string, () => ElasticsearchStoreOptions]>([
    ['a password', () => ({ username: 'somebody', password: PASSWORD })],
    ['a password in a file', () => ({ username: 'somebody', passwordFile: file('password') })],
    ['a token in a file', () => ({ tokenFile: file('token') })],
    ['a password in the address', () => ({ serverUrls: [withPassword(PASSWORD)] })],
    [
      'any certificate, if that is asked for',
      () => ({ tokenFile: file('token'), tls: tls({ ca: '', skipHostVerify: true }) }),
    ],
  ])('who has %s comes in', async (_, secured) => {
    const store = await openElasticsearchStore(options(secured()));
    await store.check();
    await store.writer.write(sampleBatch({ spans: [{ traceId: '00000000000000aa' }] }));
    expect((await store.reader.trace('00000000000000aa'))?.spans).toHaveLength(1);
    await store.close();
  });

  const withPassword = (password: string) =>
    proxy.url.replace('https://', `https://somebody:${password}@`);

  test.each<[string, () => ElasticsearchStoreOptions, string | RegExp]>([
    ['no name', () => ({}), 'answered 401 security_exception: missing authentication credentials'],
    [
      'a wrong password',
      () => ({ username: 'somebody', password: WRONG }),
      'answered 401 security_exception: unable to authenticate user [somebody]',
    ],
    [
      'a wrong password in the address',
      () => ({ serverUrls: [withPassword(WRONG)] }),
      'answered 401 security_exception: unable to authenticate user [somebody]',
    ],
    [
      'a token that has expired',
      () => ({ tokenFile: file('expired') }),
      'answered 401 security_exception: unable to authenticate user [somebody]',
    ],
    [
      'no file of a token',
      () => ({ tokenFile: file('none') }),
      /^\[elasticsearch\] cannot read .*none: ENOENT/,
    ],
    [
      'a certificate of somebody unknown',
      () => ({ tokenFile: file('token'), tls: tls({ ca: file('stranger.crt') }) }),
      /cannot reach 127\.0\.0\.1:\d+: .*certificate.*\(--es\.tls\.ca says whom to trust\)/,
    ],
    [
      'a certificate of another name',
      () => ({
        serverUrls: [strict.url],
        tokenFile: file('token'),
        tls: { ...mutual(), serverName: '' },
      }),
      /cannot reach 127\.0\.0\.1:\d+: .*does not match.*\(--es\.tls\.server-name says which/,
    ],
    [
      'no certificate of its own',
      () => ({
        serverUrls: [strict.url],
        tokenFile: file('token'),
        tls: { ...mutual(), cert: '', key: '' },
      }),
      /cannot reach 127\.0\.0\.1:\d+: /,
    ],
    [
      'no TLS',
      () => ({ serverUrls: [proxy.url.replace('https', 'http')], tokenFile: file('token') }),
      /cannot reach 127\.0\.0\.1:\d+: /,
    ],
  ])('%s is one reason, without a secret', async (_, secured, reason) => {
    const log: string[] = [];
    const destination = { write: (line: string) => void log.push(line) };
    const logger = createLogger({ name: 'security', level: 'debug', destination });
    const store = await openElasticsearchStore(options({ ...secured(), logger }));
    const failures = await Promise.all([
      store.check().catch((error: unknown) => error),
      store.writer
        .write(sampleBatch({ spans: [{ traceId: '00000000000000ac' }] }))
        .catch((error: unknown) => error),
      store.reader.services().catch((error: unknown) => error),
    ]);
    for (const failure of failures) {
      expect(failure).toMatchObject({ name: 'StorageError', code: 'unavailable' });
      const { message } = failure as Error;
      if (typeof reason === 'string') expect(message).toContain(reason);
      else expect(message).toMatch(reason);
      expect(message).not.toContain('\n');
      logger.error({ err: failure }, 'told');
    }
    await store.close();
    const said = [inspect(failures, { depth: Number.POSITIVE_INFINITY }), ...log].join('\n');
    expect(log).not.toHaveLength(0);
    for (const secret of SECRETS) expect(said).not.toContain(secret);
  });

  test('a new token in the file is taken when the old one has expired', async () => {
    await writeFile(file('changing'), EXPIRED);
    const store = await openElasticsearchStore(options({ tokenFile: file('changing') }));
    const batch = sampleBatch({ spans: [{ traceId: '00000000000000ab' }] });
    await expect(store.writer.write(batch)).rejects.toMatchObject({ code: 'unavailable' });
    await writeFile(file('changing'), TOKEN);
    await store.check();
    await store.writer.write(batch);
    expect((await store.reader.trace('00000000000000ab'))?.spans).toHaveLength(1);
    await store.close();
  });

  test('programs are told by flags; one with a wrong password says so in its health alone', async () => {
    const flags = [
      '--span-storage.type=elasticsearch',
      `--es.server-urls=${proxy.url}`,
      `--es.index-prefix=${newPrefix()}`,
      '--es.num-shards=1',
      '--es.num-replicas=0',
      '--es.tls.enabled=true',
      `--es.tls.ca=${file('server.crt')}`,
    ];
    const byPassword = ['--es.username=somebody', `--es.password=${PASSWORD}`];
    const collectorWith = (...more: string[]) =>
      startProgram(
        'collector',
        'grpcPort',
        '--log-level=debug',
        ...COLLECTOR_PORTS,
        ...flags,
        ...more,
      );
    {
      await using collector = await collectorWith(...byPassword);
      using sender = new Sender(collector.port, 1);
      const sent = await sender.post();
      const byToken = [...flags, `--es.token-file=${file('token')}`];
      expect(await lookFor(sent, byToken)).toEqual({ missing: 0, twice: 0 });
    }
    await using collector = await collectorWith('--es.username=somebody', `--es.password=${WRONG}`);
    using sender = new Sender(collector.port, 2);
    const refusal = await sender.post().catch((error: Error) => error.message);
    expect(refusal).toContain('14 UNAVAILABLE: [elasticsearch] answered 401');
    const health = JSON.parse(await adminText(collector, '/'));
    expect(health).toMatchObject({
      status: 'Server not available',
      reason: expect.stringContaining('unable to authenticate user [somebody]'),
    });
    const said = [refusal, JSON.stringify(health), await adminText(collector, '/metrics')];
    for (const secret of SECRETS) {
      expect([...said, ...collector.lines].join('\n')).not.toContain(secret);
    }
  });
});
