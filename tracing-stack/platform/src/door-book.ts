import { monotonic } from './monotonic.ts';

/** Who reported how much by which door. */
export interface DoorEntry {
  /** The port and what is spoken there: `UDP 6831, jaeger.thrift over compact Thrift`. */
  readonly door: string;
  readonly service: string;
  /** The sender and its version, as it says itself; `undefined` if it says nothing. */
  readonly client: string | undefined;
  readonly spans: number;
  /** Milliseconds since 1970. */
  readonly lastSeen: number;
}

/** Services and doors beyond these are counted together: a name that a client chose may be new each time. */
const MAX_ENTRIES = 1000;
/** Letters of a name. Who chose it may make it as long as a message, and it is kept for good. */
const MAX_NAME = 256;
const OTHERS = '(others)';
/** A client is asked for its version again after so long: it may have been replaced. */
const ASK_AGAIN_MS = 60_000;

type Entry = { -readonly [name in keyof DoorEntry]: DoorEntry[name] } & { askedAt: number };

/**
 * Counts spans by door and service, within bounds: too many names for the labels of a counter. Services with a name of more
 * than `MAX_NAME` letters are counted with the others, and such a client is taken for one that says nothing.
 */
export class DoorBook {
  private readonly entries = new Map<string, Entry>();
  private readonly clock: () => number;
  private readonly elapsed: () => number;

  /** `clock` in milliseconds since 1970; `elapsed` in milliseconds of a clock that nobody sets. */
  constructor(clock: () => number = Date.now, elapsed: () => number = monotonic) {
    this.clock = clock;
    this.elapsed = elapsed;
  }

  /** Notes spans. `client` is asked now and then, as it costs something to know. */
  note(door: string, service: string, spans: number, client: () => string | undefined): void {
    const now = this.elapsed();
    const entry = this.entryOf(door, service);
    entry.spans += spans;
    entry.lastSeen = this.clock();
    if (now - entry.askedAt < ASK_AGAIN_MS) return;
    entry.askedAt = now;
    const said = client();
    if (said !== undefined && said.length <= MAX_NAME) entry.client = said;
  }

  private entryOf(door: string, service: string): Entry {
    if (service.length > MAX_NAME) return this.entryOf(door, OTHERS);
    const key = `${door}\0${service}`;
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    if (service !== OTHERS && this.entries.size >= MAX_ENTRIES) return this.entryOf(door, OTHERS);
    const entry = {
      door,
      service,
      client: undefined,
      spans: 0,
      lastSeen: 0,
      askedAt: Number.NEGATIVE_INFINITY,
    };
    this.entries.set(key, entry);
    return entry;
  }

  list(): DoorEntry[] {
    return [...this.entries.values()].map(({ askedAt: _, ...entry }) => entry);
  }
}
