import type { KeyValue } from '@spoor/model';
import {
  ADDRESSES,
  LOCAL_COMPONENT,
  type V1BinaryAnnotation,
  type V1Endpoint,
  type V1Value,
} from './v1-span.ts';

/** A span's binary annotations as Jaeger's agent makes tags of them. */
export function v1Tags(binaryAnnotations: readonly V1BinaryAnnotation[]): KeyValue[] {
  return binaryAnnotations.flatMap(({ key, value, host }) => {
    if (ADDRESSES.has(key)) return host === undefined ? [] : peerTags(host);
    // The name of a part of the program is a text, whatever its type says.
    if (key === LOCAL_COMPONENT)
      return [{ key: 'component', type: 'string' as const, value: v1ValueText(value) }];
    return [v1Tag(key, value)];
  });
}

export function v1Tag(key: string, value: V1Value): KeyValue {
  switch (typeof value) {
    case 'string':
      return { key, type: 'string', value };
    case 'boolean':
      return { key, type: 'bool', value };
    case 'bigint':
      return { key, type: 'int64', value };
    case 'number':
      return { key, type: 'float64', value };
    default: {
      if (value instanceof Uint8Array) return { key, type: 'binary', value };
      const bytes = Buffer.from(value.bytes).toString('base64');
      const text = `Cannot parse Zipkin value ${bytes}: ${value.unreadable}`;
      return { key, type: 'string', value: text };
    }
  }
}

/** A value as the text that its bytes are. */
export function v1ValueText(value: V1Value): string {
  if (typeof value !== 'object') return String(value);
  const bytes = value instanceof Uint8Array ? value : value.bytes;
  return Buffer.from(bytes).toString();
}

function peerTags({ serviceName, ipv4, ipv6Bytes, port }: V1Endpoint): KeyValue[] {
  const tags: KeyValue[] = [{ key: 'peer.service', type: 'string', value: serviceName }];
  if (ipv4 !== '') tags.push({ key: 'peer.ipv4', type: 'int64', value: ipv4Number(ipv4) });
  if (ipv6Bytes) tags.push({ key: 'peer.ipv6', type: 'binary', value: ipv6Bytes });
  if (port !== 0) tags.push({ key: 'peer.port', type: 'int64', value: BigInt(port) });
  return tags;
}

/** An IPv4 address as the unsigned number that Thrift carries. */
export function ipv4Number(text: string): bigint {
  return text.split('.').reduce((number, part) => (number << 8n) | BigInt(part), 0n);
}
