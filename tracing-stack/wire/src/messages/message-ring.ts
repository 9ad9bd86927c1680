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

/** What a message takes beside its bytes: objects, about so large. Its place is left free. */
const OVERHEAD_BYTES = 256;
/** A larger share of the ring would leave too little for others. */
const LARGEST_SHARE = 4;
const ID_BYTES = 16;

interface Entry {
  readonly head: Omit<WireMessage, 'bytes'>;
  readonly door: Door;
  readonly number: number;
  readonly arrived: number;
  /** Where its bytes stand, and from `ids` on the trace ids of its spans, 16 bytes each. */
  readonly start: number;
  readonly ids: number;
  readonly end: number;
}

/**
 * Keeps the last messages that carried spans, as they came, in one piece of memory: to hold on to the buffers in which
 * they come costs the garbage collection more than reading a span does.
 */
export class MessageRing {
  private readonly clock: () => number;
  private readonly memory: Buffer;
  /** In the order of their arrival, from `oldest` on. */
  private entries: Entry[] = [];
  private oldest = 0;
  /** Where the next message goes. */
  private next = 0;
  private bytes = 0;
  private number = 0;
  private forgotten = 0;
  private completeSince: number;

  /** With 0 bytes nothing is kept. `clock` in milliseconds since 1970. */
  constructor(maxBytes: number, clock: () => number = Date.now) {
    this.memory = Buffer.allocUnsafeSlow(maxBytes);
    this.clock = clock;
    this.completeSince = clock();
  }

  /** Whether anything is kept at all. */
  get isOn(): boolean {
    return this.memory.length > 0;
  }

  state(): RingState {
    return {
      maxBytes: this.memory.length,
      bytes: this.bytes,
      messages: this.entries.length - this.oldest,
      forgotten: this.forgotten,
      completeSince: this.completeSince,
    };
  }

  /** Keeps a copy of a message. `traceIds` are those of its batch's index. */
  keep(message: WireMessage, door: Door, traceIds: Uint8Array): void {
    if (!this.isOn || traceIds.length === 0) return;
    const arrived = this.clock();
    const { bytes } = message;
    const size = bytes.length + traceIds.length + OVERHEAD_BYTES;
    if (LARGEST_SHARE * size > this.memory.length) {
      this.forgotten++;
      this.completeSince = arrived;
      return;
    }
    const start = this.roomFor(size);
    const ids = start + bytes.length;
    const end = ids + traceIds.length;
    this.memory.set(bytes, start);
    this.memory.set(traceIds, ids);
    // Not the message itself: it holds the buffer in which it came.
    const { layout, sender, request, compressed } = message;
    const head = { layout, sender, request, ...(compressed && { compressed }) };
    this.entries.push({ head, door, number: ++this.number, arrived, start, ids, end });
    this.next = start + size;
    this.bytes += size;
  }

  /** Those that carry spans of the trace, in the order of their arrival. Their bytes are copies. */
  carrying(traceId: TraceId): KeptMessage[] {
    const id = Buffer.from(traceId.padStart(2 * ID_BYTES, '0'), 'hex');
    const found = this.entries.slice(this.oldest).filter((entry) => this.holds(entry, id));
    return found.map((entry) => this.keptMessage(entry));
  }

  private keptMessage({ head, door, number, arrived, start, ids, end }: Entry): KeptMessage {
    const { address, port } = head.sender;
    return {
      ...head,
      ...door,
      // A datagram's tells more, of no use to anybody.
      sender: { address, port },
      bytes: new Uint8Array(this.memory.subarray(start, ids)),
      number,
      arrived,
      spanCount: (end - ids) / ID_BYTES,
    };
  }

  /** Where `size` bytes have room in one piece, once those are forgotten that stand there. */
  private roomFor(size: number): number {
    if (this.next + size > this.memory.length) {
      this.forgetWithin(this.next, this.memory.length);
      this.next = 0;
    }
    this.forgetWithin(this.next, this.next + size);
    return this.next;
  }

  /** The oldest ones stand ahead of where the next one goes. */
  private forgetWithin(from: number, to: number): void {
    for (;;) {
      const entry = this.entries[this.oldest];
      if (entry === undefined || entry.start < from || entry.start >= to) return;
      this.oldest++;
      this.bytes -= entry.end - entry.start + OVERHEAD_BYTES;
      this.forgotten++;
      this.completeSince = entry.arrived;
      if (2 * this.oldest < this.entries.length) continue;
      this.entries = this.entries.slice(this.oldest);
      this.oldest = 0;
    }
  }

  private holds({ ids, end }: Entry, id: Uint8Array): boolean {
    const { memory } = this;
    for (let at = ids; at < end; at += ID_BYTES) {
      let k = 0;
      while (k < ID_BYTES && memory[at + k] === id[k]) k++;
      if (k === ID_BYTES) return true;
    }
    return false;
  }
}
