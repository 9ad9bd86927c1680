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
const OTHERS = '(others)';
/** A client is asked for its version again after so long: it may have been replaced. */
const ASK_AGAIN_MS = 60_000;

type Entry = { -readonly [name in keyof DoorEntry]: DoorEntry[name] } & { askedAt: number };

/** Counts spans by door and service, within bounds: too many names for the labels of a counter. */
export class DoorBook {
  private readonly entries = new Map<string, Entry>();
  private readonly clock: () => number;

  /** `clock` in milliseconds since 1970. */
  constructor(clock: () => number = Date.now) {
    this.clock = clock;
  }

  /** Notes spans. `client` is asked now and then, as it costs something to know. */
  note(door: string, service: string, spans: number, client: () => string | undefined): void {
    const now = this.clock();
    const entry = this.entryOf(door, service);
    entry.spans += spans;
    entry.lastSeen = now;
    if (now - entry.askedAt < ASK_AGAIN_MS) return;
    entry.askedAt = now;
    entry.client = client() ?? entry.client;
  }

  private entryOf(door: string, service: string): Entry {
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
