import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, promisify } from 'node:util';
import { createLogger } from '@spoor/platform';
import { openCassandraStore } from '@spoor/storage-cassandra';
import type { CassandraStoreOptions } from '@spoor/storage-cassandra/options';
import { TestKeyspace } from '@spoor/storage-cassandra/testing';
import { sampleBatch } from '@spoor/storage-testkit';
import { makeCertificate, noOpenssl } from '@spoor/storage-testkit/certificates';
import { auth } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { COLLECTOR_PORTS, lookFor, Sender } from '../acknowledged-spans.ts';
import { adminText } from '../outage/agent-and-collector.ts';
import { startProgram } from '../program.ts';
import { expectEveryKindOfCall } from './every-kind-of-call.ts';
import { freePort, type RunningServer, startServer } from './server-script.ts';

const server = inject('cassandra');
const missing = 'missing' in server ? server.missing : noOpenssl;
const run = promisify(execFile);

/** The user that a new Cassandra has. */
const USER = { username: 'cassandra', password: 'cassandra' };
const WRONG = 'another-pass-word';
const STORE_PASSWORD = 'changeit';
const KEYSPACE = 'spoor_security';
const AUTHENTICATOR = 'org.apache.cassandra.auth.PasswordAuthenticator';

describe.skipIf(missing)(
  `a Cassandra behind TLS and a password${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let directory: string;
    let running: RunningServer;
    let keyspace: TestKeyspace;
    let archived: TestKeyspace;
    const file = (name: string) => join(directory, name);

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'spoor-security-'));
      const { cert, key } = await makeCertificate(directory, 'server', 'storage.test');
      await makeCertificate(directory, 'client', 'collector.test');
      await makeCertificate(directory, 'stranger', 'storage.test');
      const [keystore, truststore] = [file('server.p12'), file('clients.p12')];
      const secret = ['-passout', `pass:${STORE_PASSWORD}`];
      const own = ['-in', cert, '-inkey', key, '-out', keystore];
      await run('openssl', ['pkcs12', '-export', '-name', 'server', ...own, ...secret]);
      // Java trusts in nobody whom openssl puts into such a file.
      await run('keytool', [
        ...['-importcert', '-noprompt', '-alias', 'client', '-file', file('client.crt')],
        ...['-keystore', truststore, '-storetype', 'PKCS12', '-storepass', STORE_PASSWORD],
      ]);
      running = await startServer('cassandra', [
        ...['--port', `${await freePort()}`, '--internode-port', `${await freePort()}`],
        ...['--auth', '--keystore', keystore, '--truststore', truststore],
      ]);
      const secured = {
        address: running.address,
        options: secure(),
        client: {
          authProvider: new auth.PlainTextAuthProvider(USER.username, USER.password),
          sslOptions: {
            ca: [readFileSync(cert)],
            cert: readFileSync(file('client.crt')),
            key: readFileSync(file('client.key')),
            servername: 'storage.test',
          },
        },
      };
      keyspace = TestKeyspace.on(secured, KEYSPACE);
      archived = TestKeyspace.on(secured, `${KEYSPACE}_archive`);
    });
    afterAll(async () => {
      await keyspace?.client.shutdown();
      await archived?.client.shutdown();
      await running?.stop();
      await rm(directory, { recursive: true, force: true });
    });

    function tls(more: Partial<CassandraStoreOptions['tls']> = {}) {
      return {
        enabled: true,
        ca: file('server.crt'),
        cert: file('client.crt'),
        key: file('client.key'),
        serverName: 'storage.test',
        skipHostVerify: false,
        ...more,
      };
    }

    function secure(more: CassandraStoreOptions = {}): CassandraStoreOptions {
      return { ...USER, tls: tls(), allowedAuthenticators: [AUTHENTICATOR], ...more };
    }

    test('certificates on both ends and a password will do for every kind of call', async () => {
      const store = await keyspace.openStore({ archive: { keyspace: archived.name } });
      await expectEveryKindOfCall(store);
      await store.close();
    });

    test.each<[string, () => CassandraStoreOptions]>([
      ['any way of asking for the password', () => ({ allowedAuthenticators: [] })],
      [
        'any certificate, if that is asked for',
        () => ({ tls: tls({ ca: '', serverName: '', skipHostVerify: true }) }),
      ],
    ])('%s will do', async (_, more) => {
      const store = await keyspace.openStore(more());
      await store.check();
      await store.writer.write(sampleBatch({ spans: [{ traceId: '00000000000000aa' }] }));
      expect(await store.reader.trace('00000000000000aa')).toBeDefined();
      await store.close();
    });

    test.each<[string, () => CassandraStoreOptions, RegExp]>([
      ['a wrong password', () => ({ password: WRONG }), /: Provided username cassandra and\/or/],
      ['no name', () => ({ username: '', password: WRONG }), /: .*[Aa]uthentication/],
      [
        'an authenticator that is not approved',
        () => ({ allowedAuthenticators: ['com.example.Other'] }),
        /asks for the password by .*PasswordAuthenticator, which is not approved/,
      ],
      [
        'a certificate of somebody unknown',
        () => ({ tls: tls({ ca: file('stranger.crt') }) }),
        /: .*certificate.*\(--cassandra\.tls\.ca says whom to trust\)/,
      ],
      [
        'a certificate of another name',
        () => ({ tls: tls({ serverName: 'other.test' }) }),
        /does not match.*\(--cassandra\.tls\.server-name says which name it has\)/,
      ],
      [
        'no certificate of its own',
        () => ({ tls: tls({ cert: '', key: '' }) }),
        /: tlsv13 alert certificate required \(--cassandra\.tls\.cert says which to show\)/,
      ],
      ['no TLS', () => ({ tls: tls({ enabled: false }), connectTimeoutMs: 2000 }), /: ./],
    ])('%s is one reason, without a secret', async (_, more, reason) => {
      const log: string[] = [];
      const destination = { write: (line: string) => void log.push(line) };
      const logger = createLogger({ name: 'security', level: 'debug', destination });
      const options = secure({ servers: [running.address], keyspace: KEYSPACE, ...more(), logger });
      const store = await openCassandraStore(options);
      const failures = await Promise.all([
        store.check().catch((error: unknown) => error),
        store.reader.services().catch((error: unknown) => error),
      ]);
      for (const failure of failures) {
        expect(failure).toMatchObject({ name: 'StorageError', code: 'unavailable' });
        expect((failure as Error).message).toMatch(reason);
        expect((failure as Error).message).not.toContain('\n');
        logger.error({ err: failure }, 'told');
      }
      await store.close();
      const said = [inspect(failures, { depth: Number.POSITIVE_INFINITY }), ...log].join('\n');
      expect(log).not.toHaveLength(0);
      expect(said).not.toContain(WRONG);
    });

    test('programs are told by flags; one with a wrong password says so in its health alone', async () => {
      const flags = [
        '--span-storage.type=cassandra',
        `--cassandra.servers=${running.address}`,
        `--cassandra.keyspace=${KEYSPACE}`,
        `--cassandra.username=${USER.username}`,
        '--cassandra.tls.enabled=true',
        `--cassandra.tls.ca=${file('server.crt')}`,
        `--cassandra.tls.cert=${file('client.crt')}`,
        `--cassandra.tls.key=${file('client.key')}`,
        '--cassandra.tls.server-name=storage.test',
      ];
      const right = [...flags, `--cassandra.password=${USER.password}`];
      const collectorWith = (...more: readonly string[]) =>
        startProgram('collector', 'grpcPort', '--log-level=debug', ...COLLECTOR_PORTS, ...more);
      {
        await using collector = await collectorWith(...right);
        using sender = new Sender(collector.port, 1);
        expect(await lookFor(await sender.post(), right)).toEqual({ missing: 0, twice: 0 });
      }
      await using collector = await collectorWith(...flags, `--cassandra.password=${WRONG}`);
      using sender = new Sender(collector.port, 2);
      const refusal = await sender.post().catch((error: Error) => error.message);
      const reason = 'Provided username cassandra and/or password are incorrect';
      expect(refusal).toContain(`14 UNAVAILABLE: [cassandra] `);
      const health = await adminText(collector, '/');
      expect(JSON.parse(health)).toMatchObject({
        status: 'Server not available',
        reason: expect.stringContaining(reason),
      });
      const said = [refusal, health, await adminText(collector, '/metrics'), ...collector.lines];
      expect(said.join('\n')).not.toContain(WRONG);
    });
  },
);
