import type { TraceId } from '@spoor/model';
import type { WireMessage } from './wire-message.ts';

/** By what a message came in. */
export interface Door {
  readonly transport: 'udp' | 'http' | 'grpc' | 'tchannel';
  readonly port: number;
}

/** A message that is still there. */
export interface KeptMessage extends WireMessage, Door {
  /** Counts from 1 on, in the order of their arrival. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly arrived: number;
  /** How many spans it carries, of any trace. */
  readonly spanCount: number;
}

/** How much is kept, and since when. */
export interface RingState {
  /** 0: nothing is kept. */
  readonly maxBytes: number;
  readonly bytes: number;
  readonly messages: number;
  /** How many had to go for later ones, or were too large from the start. */
  readonly forgotten: number;
  /** Milliseconds since 1970: when the ring was made, or when the last message arrived that had to go. */
  readonly completeSince: number;
}

/** What a message takes beside its bytes: objects, about so large. */
const OVERHEAD_BYTES = 400;
/** A larger share of the ring would leave too little for others. */
const LARGEST_SHARE = 4;
const ID_BYTES = 16;

interface Entry {
  readonly message: KeptMessage;
  /** Of its spans, 16 bytes each. */
  readonly traceIds: Uint8Array;
  /** What both take. */
  readonly size: number;
}

/**
 * Keeps the last messages that carried spans, as they came, up to a number of bytes; what they take beside their own
 * counts too. It takes hold of bytes, and copies them only where they lie in a larger buffer.
 */
export class MessageRing {
  private readonly maxBytes: number;
  private readonly clock: () => number;
  /** By their numbers, in the order of their arrival. */
  private readonly entries = new Map<number, Entry>();
  private bytes = 0;
  private number = 0;
  private forgotten = 0;
  private completeSince: number;
  /** The message that came last, as it was given: a call of TChannel brings several batches. */
  private last: WireMessage | undefined;
  private hasLast = false;

  /** With 0 bytes nothing is kept. `clock` in milliseconds since 1970. */
  constructor(maxBytes: number, clock: () => number = Date.now) {
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.completeSince = clock();
  }

  /** Whether anything is kept at all. */
  get isOn(): boolean {
    return this.maxBytes > 0;
  }

  state(): RingState {
    return {
      maxBytes: this.maxBytes,
      bytes: this.bytes,
      messages: this.entries.size,
      forgotten: this.forgotten,
      completeSince: this.completeSince,
    };
  }

  /** Keeps a message; again with the same one, notes further trace ids. These are those of a batch's index. */
  keep(message: WireMessage, door: Door, traceIds: Uint8Array): void {
    if (!this.isOn) return;
    if (message === this.last) this.extend(traceIds);
    else this.add(message, door, traceIds);
    this.last = message;
    this.makeRoom();
  }

  /** Those that carry spans of the trace, in the order of their arrival. */
  carrying(traceId: TraceId): KeptMessage[] {
    const id = Buffer.from(traceId.padStart(2 * ID_BYTES, '0'), 'hex');
    const found = [...this.entries.values()].filter(({ traceIds }) => holds(traceIds, id));
    return found.map(({ message }) => message);
  }

  private add(message: WireMessage, door: Door, traceIds: Uint8Array): void {
    const arrived = this.clock();
    this.hasLast = LARGEST_SHARE * message.bytes.length <= this.maxBytes;
    if (!this.hasLast) {
      this.forget(arrived);
      return;
    }
    const bytes = owned(message.bytes);
    this.set({ ...message, ...door, bytes, arrived, number: ++this.number }, traceIds.slice());
  }

  private extend(more: Uint8Array): void {
    const newest = this.hasLast ? this.entries.get(this.number) : undefined;
    if (newest === undefined) return;
    this.bytes -= newest.size;
    this.set(newest.message, Buffer.concat([newest.traceIds, more]));
  }

  private set(message: Omit<KeptMessage, 'spanCount'>, traceIds: Uint8Array): void {
    const size = message.bytes.buffer.byteLength + traceIds.length + OVERHEAD_BYTES;
    const spanCount = traceIds.length / ID_BYTES;
    this.entries.set(message.number, { message: { ...message, spanCount }, traceIds, size });
    this.bytes += size;
  }

  private makeRoom(): void {
    for (const { message, size } of this.entries.values()) {
      if (this.bytes <= this.maxBytes) return;
      this.entries.delete(message.number);
      this.bytes -= size;
      this.forget(message.arrived);
    }
  }

  private forget(arrived: number): void {
    this.forgotten++;
    this.completeSince = arrived;
  }
}

/** The bytes themselves, unless they would keep a buffer that is much larger. */
function owned(bytes: Uint8Array): Uint8Array {
  const isAlone = bytes.buffer.byteLength <= bytes.length + bytes.length / 4;
  return isAlone ? bytes : new Uint8Array(bytes);
}

function holds(traceIds: Uint8Array, id: Uint8Array): boolean {
  for (let at = 0; at < traceIds.length; at += ID_BYTES) {
    let k = 0;
    while (k < ID_BYTES && traceIds[at + k] === id[k]) k++;
    if (k === ID_BYTES) return true;
  }
  return false;
}
