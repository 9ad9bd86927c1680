import type { KeyValue } from '@spoor/model';
import type { AnyValue, Attribute } from './otlp-trace.ts';

/**
 * Attributes of which each key is there once, in the order in which OpenTelemetry's collector keeps them: a key that
 * comes again changes the value where it stands, and where one is taken out the last one takes its place.
 */
export class AttributeMap {
  private readonly entries: Attribute[] = [];
  private readonly places = new Map<string, number>();

  constructor(tags: readonly KeyValue[] = []) {
    for (const { key, value } of tags) this.set(key, value);
  }

  get(key: string): AnyValue {
    const place = this.places.get(key);
    return place === undefined ? undefined : this.entries[place]?.value;
  }

  has(key: string): boolean {
    return this.places.has(key);
  }

  set(key: string, value: AnyValue): void {
    const place = this.places.get(key) ?? this.entries.length;
    this.entries[place] = { key, value };
    this.places.set(key, place);
  }

  /** Takes a value out and gives it back; `undefined` if there was none. */
  take(key: string): AnyValue {
    const place = this.places.get(key);
    if (place === undefined) return undefined;
    const value = this.entries[place]?.value;
    this.places.delete(key);
    const last = this.entries.pop();
    if (last !== undefined && last.key !== key) {
      this.entries[place] = last;
      this.places.set(last.key, place);
    }
    return value;
  }

  /** As it is now. */
  list(): readonly Attribute[] {
    return this.entries;
  }
}
