import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { speaker } from '../i18n/messages.ts';
import { loadLesson } from '../lesson-manifest.ts';
import { USUAL_PORTS } from '../port-table.ts';
import { examine, isOlder } from './doctor-report.ts';
import { browserCommand } from './open-browser.ts';

let servers: Server[] = [];
afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

async function listening(): Promise<number> {
  const server = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

const say = speaker('en');
const agent = { host: '127.0.0.1', port: 9 };
const FREE = { ...USUAL_PORTS };
for (const name of Object.keys(FREE) as (keyof typeof FREE)[]) Object.assign(FREE, { [name]: 0 });

test.each([
  ['20.18.9', '20.19.0', true],
  ['20.19.0', '20.19.0', false],
  ['20.20.0', '20.19.0', false],
  ['9.99.99', '20.19.0', true],
  ['22.0.0', '20.19.0', false],
  ['24.0.0-nightly', '20.19.0', false],
])('Node %s is older than %s: %s', (version, than, older) => {
  expect(isOlder(version, than)).toBe(older);
});

test('an old Node stands in the way, ports that are free do not', async () => {
  const { machine, ports } = await examine({
    ports: FREE,
    agent,
    lessons: [],
    say,
    nodeVersion: 'v18.1.0',
  });
  expect(machine[0]).toMatchObject({
    weight: 'blocks',
    state: expect.stringMatching(/18\.1\.0.*20\.19/),
  });
  expect(ports.every(({ weight }) => weight === 'fine')).toBe(true);
});

test('who holds a port of the stack or of a lesson stands in the way, by name', async () => {
  const [query, service] = [await listening(), await listening()];
  const lesson = await loadLesson(3);
  const services = lesson.services.map((each) => ({ ...each, port: service }));
  const report = await examine({
    ports: { ...FREE, queryHttp: query },
    agent,
    lessons: [{ ...lesson, services }],
    say,
  });
  expect(report.machine).toContainEqual(
    expect.objectContaining({
      weight: 'blocks',
      state: expect.stringContaining('no Jaeger query service'),
    }),
  );
  for (const port of [query, service])
    expect(report.ports).toContainEqual(
      expect.objectContaining({
        port,
        weight: 'blocks',
        state: expect.stringContaining(`pid ${process.pid}`),
      }),
    );
});

test.each([
  [{}, 'linux', undefined],
  [{ DISPLAY: ':0' }, 'linux', ['xdg-open']],
  [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', ['xdg-open']],
  [{ BROWSER: 'firefox' }, 'linux', ['firefox']],
  [{ BROWSER: 'none', DISPLAY: ':0' }, 'linux', undefined],
  [{}, 'darwin', ['open']],
] as const)('with %o on %s a page is opened by %s', (env, platform, command) => {
  expect(browserCommand(env, platform)).toEqual(command);
});
