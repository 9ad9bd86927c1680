import type { KeyValue } from '@spoor/model';
import { type Adjuster, mapChanged, perSpan, processTagsChange } from './adjuster.ts';

/** Old clients send an IPv4 address as the 32-bit number that its bytes make. */
const IP_KEYS: ReadonlySet<string> = new Set(['ip', 'peer.ipv4']);

/** Writes numeric `ip` and `peer.ipv4` tags of spans and processes as dotted addresses. */
export const ipTag: Adjuster = (trace) => {
  const adjustProcess = processTagsChange(dotted);
  return perSpan((span) => {
    const tags = dotted(span.tags);
    const process = adjustProcess(span.process);
    return tags === span.tags && process === span.process ? span : { ...span, tags, process };
  })(trace);
};

function dotted(tags: readonly KeyValue[]): readonly KeyValue[] {
  return mapChanged(tags, (tag) => {
    if (!IP_KEYS.has(tag.key)) return tag;
    if (tag.type === 'int64')
      return {
        key: tag.key,
        type: 'string',
        value: dottedAddress(Number(BigInt.asUintN(32, tag.value))),
      };
    if (tag.type === 'float64')
      return { key: tag.key, type: 'string', value: dottedAddress(tag.value >>> 0) };
    return tag;
  });
}

/** The dotted form of an unsigned 32-bit address. */
export function dottedAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}
