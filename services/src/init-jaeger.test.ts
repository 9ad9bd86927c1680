import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { initJaeger } from './init-jaeger.ts';

const hasIPv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);
if (!hasIPv6) console.log('skipped: an agent at ::1 (this machine has no IPv6 loopback)');

test.each(['', '127.0.0.1', 'localhost', ...(hasIPv6 ? ['::1'] : [])])(
  'spans go to the agent that JAEGER_AGENT_HOST=%s names',
  async (host) => {
    const socket = createSocket({ type: host === '::1' ? 'udp6' : 'udp4' });
    socket.bind(0, host === '::1' ? '::1' : '127.0.0.1');
    await once(socket, 'listening');
    const port = String(socket.address().port);
    const received = once(socket, 'message');
    const [tracer, closer] = initJaeger(
      'a',
      {},
      { JAEGER_AGENT_HOST: host, JAEGER_AGENT_PORT: port },
    );
    tracer.startSpan('b').finish();
    await closer.close();
    const [datagram] = (await received) as [Buffer];
    expect(datagram.length).toBeGreaterThan(20);
    socket.close();
  },
);
