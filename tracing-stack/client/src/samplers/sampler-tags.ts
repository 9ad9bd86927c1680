import type { KeyValue } from '@spoor/model';

/** The tags by which a sampler explains itself on a root. Numbers are doubles, whole ones too, as of jaeger-client-go. */
export function samplerTags(type: string, param: number | boolean): readonly KeyValue[] {
  const key = 'sampler.param';
  return [
    { key: 'sampler.type', type: 'string', value: type },
    typeof param === 'boolean'
      ? { key, type: 'bool', value: param }
      : { key, type: 'float64', value: param },
  ];
}
