import { describe, expect, test } from 'vitest';
import { startAdminServer } from './admin-server.ts';
import { createMetrics } from './metrics.ts';

const address = { component: 'collector', host: '127.0.0.1', port: 0 };

describe('health is answered to any method on any path but /metrics and /doors', () => {
  test.each([
    ['GET', '/'],
    ['POST', '/'],
    ['DELETE', '/'],
    ['GET', '/health'],
  ])('%s %s', async (method, path) => {
    const metrics = createMetrics();
    const admin = await startAdminServer({ ...address, check: () => undefined, metrics });
    const url = `http://127.0.0.1:${admin.port}${path}`;
    try {
      const starting = await fetch(url, { method });
      expect(starting.status).toBe(503);
      expect(await starting.json()).toMatchObject({ status: 'Server not available' });
      admin.ready();
      const ready = await fetch(url, { method });
      expect(ready.status).toBe(200);
      expect(ready.headers.get('content-type')).toBe('application/json');
      expect(await ready.json()).toMatchObject({ status: 'Server available' });
    } finally {
      await admin.close();
    }
  });
});

test.each(['/doors', '/doors?old=1'])('%s lists who came, and is no health', async (path) => {
  const metrics = createMetrics();
  metrics.doors.note('udp-compact', 'shop', 2, () => 'Go-2.30.0');
  const admin = await startAdminServer({ ...address, check: () => undefined, metrics });
  try {
    const list = (await (await fetch(`http://127.0.0.1:${admin.port}${path}`)).json()) as object[];
    expect(list).toMatchObject([{ service: 'shop' }]);
  } finally {
    await admin.close();
  }
});

test('/metrics shows what was counted, and what is read at that moment', async () => {
  const metrics = createMetrics();
  metrics.counter('jaeger_collector_spans_dropped_total', 'dropped').inc(3);
  metrics.counter('jaeger_collector_spans_dropped_total', 'asked for again').inc(1);
  const gauge = metrics.gauge('spoor_bytes', 'bytes', ['kind']);
  metrics.onRead(() => gauge.set({ kind: 'a' }, 7));
  const admin = await startAdminServer({ ...address, check: () => undefined, metrics });
  try {
    const answer = await fetch(`http://127.0.0.1:${admin.port}/metrics`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('jaeger_collector_spans_dropped_total 4\n');
    expect(text).toContain('spoor_bytes{kind="a"} 7\n');
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  } finally {
    await admin.close();
  }
});

test('a page that is added is served with its parameters, beside health', async () => {
  const metrics = createMetrics();
  const admin = await startAdminServer({ ...address, check: () => undefined, metrics });
  const url = `http://127.0.0.1:${admin.port}`;
  try {
    admin.ready();
    const page = (parameters: URLSearchParams) => ({
      status: 400,
      json: JSON.stringify({ asked: parameters.get('a') }),
    });
    admin.serve('/wire', page);
    const answer = await fetch(`${url}/wire?a=1?2`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ asked: '1?2' });
    expect(await (await fetch(`${url}/wires`)).json()).toMatchObject({
      status: 'Server available',
    });
  } finally {
    await admin.close();
  }
});
