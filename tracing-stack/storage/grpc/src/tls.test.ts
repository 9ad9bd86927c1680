import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientTls } from '@spoor/platform';
import { createLogger, createMetrics } from '@spoor/platform';
import type { ServerTls } from '@spoor/platform/grpc';
import { startRemoteStorage } from '@spoor/remote-storage';
import { openEmbeddedStore } from '@spoor/storage-embedded';
import { makeCertificate, noOpenssl } from '@spoor/storage-testkit/certificates';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGrpcStore } from './grpc-store.ts';

let directory: string;
const pem = (name: string) => join(directory, name);

describe.skipIf(noOpenssl !== undefined)(
  `TLS${noOpenssl ? ` (skipped: ${noOpenssl})` : ''}`,
  () => {
    let embedded: Awaited<ReturnType<typeof openEmbeddedStore>>;
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'spoor-tls-'));
      embedded = await openEmbeddedStore({ directory: pem('store') });
      await makeCertificate(directory, 'server', 'storage.test');
      await makeCertificate(directory, 'client', 'collector.test');
      await makeCertificate(directory, 'stranger', 'stranger.test');
      await writeFile(pem('text'), 'no certificate');
    });
    afterAll(async () => {
      await embedded?.close();
      await rm(directory, { recursive: true, force: true });
    });

    const on = (tls: Partial<ServerTls> = {}): ServerTls => ({
      enabled: true,
      cert: pem('server.crt'),
      key: pem('server.key'),
      clientCa: '',
      ...tls,
    });
    const trusting = (tls: Partial<ClientTls> = {}): ClientTls => ({
      enabled: true,
      ca: pem('server.crt'),
      cert: '',
      key: '',
      skipHostVerify: false,
      ...tls,
    });

    function serve(tls: ServerTls) {
      return startRemoteStorage({
        grpc: { host: '127.0.0.1', port: 0 },
        tls,
        store: embedded,
        logger: createLogger({ name: 'tls', level: 'silent' }),
        metrics: createMetrics(),
      });
    }

    const own = () => ({ cert: pem('client.crt'), key: pem('client.key') });
    it.each([
      ['a trusted certificate with its name', {}, {}, 'storage.test', true],
      ['another name', {}, {}, 'other.test', false],
      ['an untrusted certificate', {}, { ca: 'stranger.crt' }, 'storage.test', false],
      ['any certificate, if that is asked for', {}, { ca: '', skipHostVerify: true }, '', true],
      ['no TLS', {}, { enabled: false }, '', false],
      [
        'a client that is asked for a certificate and has none',
        { clientCa: 'client.crt' },
        {},
        'storage.test',
        false,
      ],
      [
        'a client that is asked for a certificate and has it',
        { clientCa: 'client.crt' },
        { own: true },
        'storage.test',
        true,
      ],
    ] as const)('%s', async (_, server, client, serverName, serves) => {
      const { own: hasOwn, ca, ...more } = { own: false, ca: 'server.crt', ...client };
      const storage = await serve(
        on('clientCa' in server ? { clientCa: pem(server.clientCa) } : {}),
      );
      const store = await openGrpcStore({
        server: { host: '127.0.0.1', port: storage.ports.grpc },
        tls: trusting({ ...more, ca: ca === '' ? '' : pem(ca), ...(hasOwn && own()) }),
        serverName,
        connectTimeoutMs: 2000,
      });
      const checked = expect(store.check());
      if (serves) await checked.resolves.toBeUndefined();
      else await checked.rejects.toMatchObject({ code: 'unavailable' });
      await store.close();
      await storage.close();
    });

    it.each([
      ['a file that is not there', () => on({ cert: pem('none') }), /cannot read .*none: ENOENT/],
      ['a file that is no certificate', () => on({ cert: pem('text') }), /TLS: /],
      ['no key', () => on({ key: '' }), /TLS needs a certificate and its key/],
    ])('%s is one line', async (_, tls, message) => {
      await expect(serve(tls())).rejects.toThrow(message);
    });
  },
);
