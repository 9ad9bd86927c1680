import { type KeyValue, keyValue } from '@spoor/model';
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
    if (key === LOCAL_COMPONENT) return [keyValue('component', v1ValueText(value))];
    return [v1Tag(key, value)];
  });
}

export function v1Tag(key: string, value: V1Value): KeyValue {
  if (typeof value !== 'object' || value instanceof Uint8Array) return keyValue(key, value);
  const bytes = Buffer.from(value.bytes).toString('base64');
  return keyValue(key, `Cannot parse Zipkin value ${bytes}: ${value.unreadable}`);
}

/** A value as the text that its bytes are. */
export function v1ValueText(value: V1Value): string {
  if (typeof value !== 'object') return String(value);
  const bytes = value instanceof Uint8Array ? value : value.bytes;
  return Buffer.from(bytes).toString();
}

function peerTags({ serviceName, ipv4, ipv6Bytes, port }: V1Endpoint): KeyValue[] {
  const tags = [keyValue('peer.service', serviceName)];
  if (ipv4 !== '') tags.push(keyValue('peer.ipv4', ipv4Number(ipv4)));
  if (ipv6Bytes) tags.push(keyValue('peer.ipv6', ipv6Bytes));
  if (port !== 0) tags.push(keyValue('peer.port', BigInt(port)));
  return tags;
}

/** An IPv4 address as the unsigned number that Thrift carries. */
export function ipv4Number(text: string): bigint {
  return text.split('.').reduce((number, part) => (number << 8n) | BigInt(part), 0n);
}
