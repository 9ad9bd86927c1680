import type { KeyValue, ValueType } from '@spoor/model';

/** Jaeger's numbers of the value types, by which it sorts values of one key. */
const TYPE_ORDER: Record<ValueType, number> = {
  string: 0,
  bool: 1,
  int64: 2,
  float64: 3,
  binary: 4,
};

/** Jaeger's order of tags: by key, then type, then value. Text is compared as its UTF-8 bytes would be. */
export function compareKeyValues(a: KeyValue, b: KeyValue): number {
  return (
    compareText(a.key, b.key) || TYPE_ORDER[a.type] - TYPE_ORDER[b.type] || compareValues(a, b)
  );
}

function compareValues(a: KeyValue, b: KeyValue): number {
  if (a.type === 'string' && b.type === 'string') return compareText(a.value, b.value);
  if (a.type === 'binary' && b.type === 'binary') return compareBytes(a.value, b.value);
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

/** UTF-16 units put U+E000 to U+FFFF after the surrogates of higher characters, UTF-8 before them. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : byPlane(x, y);
  }
  return a.length - b.length;
}

function byPlane(x: number, y: number): number {
  const rank = (unit: number) => (isSurrogate(unit) ? 0x10000 : unit);
  return rank(x) - rank(y);
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
