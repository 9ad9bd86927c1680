import { describe, expect, it, test } from 'vitest';
import { type TemplateOptions, templateRequest } from './templates.ts';
import { recorded } from './testing/recorded.ts';

interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

const OPTIONS: TemplateOptions = {
  prefix: '',
  shards: 5,
  replicas: 1,
  useIlm: false,
  ilmPolicy: 'jaeger-ilm-policy',
  priority: { span: 0, service: 0, dependencies: 0 },
};

describe('templates are those that a real jaeger-collector made', () => {
  test.each([
    ['8', 8, OPTIONS],
    ['7', 7, OPTIONS],
    ['8-prefix-pfx', 8, { ...OPTIONS, prefix: 'pfx', shards: 1, replicas: 0 }],
  ])('on %s', (name, version, options) => {
    const all = recorded('templates.json') as Record<string, readonly RecordedRequest[]>;
    const ours = (['span', 'service'] as const).map((kind) => {
      const { method, path, body } = templateRequest(kind, version, options);
      return { method, url: path, body };
    });
    expect(ours).toEqual(all[name]);
  });
});

it('with a policy of life cycle come its alias and its name', () => {
  const { body } = templateRequest('span', 7, { ...OPTIONS, useIlm: true });
  expect(body).toMatchObject({
    aliases: { 'jaeger-span-read': {} },
    settings: { lifecycle: { name: 'jaeger-ilm-policy', rollover_alias: 'jaeger-span-write' } },
  });
});
