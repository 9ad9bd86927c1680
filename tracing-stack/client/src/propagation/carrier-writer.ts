import { writeEntry } from './carrier.ts';
import { CarrierError } from './codec.ts';
import type { TextFormat } from './text-format.ts';

/** Told of a baggage item that a carrier did not take. The trace goes on without it. */
export type OnBaggageLost = (name: string, cause: unknown) => void;

/** Writes what propagators say into one carrier. */
export class CarrierWriter {
  readonly format: TextFormat;
  private readonly carrier: object;
  private readonly onBaggageLost: OnBaggageLost;

  constructor(format: TextFormat, carrier: object, onBaggageLost: OnBaggageLost) {
    this.format = format;
    this.carrier = carrier;
    this.onBaggageLost = onBaggageLost;
  }

  /** Throws what the carrier throws. */
  put(key: string, value: string): void {
    writeEntry(this.carrier, key, value);
  }

  /** Puts each item under a key of its own, which begins with `prefix`; not those that the carrier does not take. */
  putBaggage(prefix: string, baggage: ReadonlyMap<string, string>): void {
    if (baggage.size === 0) return;
    for (const [name, value] of baggage) {
      const key = prefix + name;
      try {
        if (!this.format.acceptsKey(key)) {
          throw new CarrierError('invalid-key', 'no name of a header');
        }
        this.put(key, this.format.encode(value));
      } catch (cause) {
        this.onBaggageLost(name, cause);
      }
    }
  }

  /** Says that the baggage item `name` cannot travel in this way. */
  lose(name: string, reason: string): void {
    this.onBaggageLost(name, new CarrierError('invalid-key', reason));
  }
}
