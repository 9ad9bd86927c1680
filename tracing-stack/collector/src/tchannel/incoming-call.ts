import type { ByteBudget } from '@spoor/platform';
import {
  ArgumentJoiner,
  type CallArguments,
  type CallReq,
  ErrorCode,
  encodeFrame,
  type Fragment,
  type Frame,
  type FrameTracing,
} from '@spoor/wire';
import { CallError } from './call-error.ts';

/** What a fragment takes that is kept, beside its bytes: objects, about so large. */
const FRAGMENT_BYTES = 256;

export interface CallLimits {
  /** Of its arguments. */
  readonly maxBytes: number;
  readonly budget: ByteBudget;
  /** Milliseconds. */
  readonly ttl: number;
  /** Whether the bytes of its frames are asked for. */
  readonly keepsFrames: boolean;
}

/** A call from its first frame to its answer. */
export class IncomingCall {
  readonly id: number;
  readonly head: Omit<CallReq, 'fragment'>;
  /** Of its arguments, and of those of its answer. */
  readonly checksumType: number;
  /** The bytes of its frames, if they are kept. */
  readonly frames: Buffer[] = [];
  private readonly joiner: ArgumentJoiner;
  private readonly budget: ByteBudget;
  private readonly keepsFrames: boolean;
  private held = 0;
  private readonly timer: NodeJS.Timeout;

  /** `expire` is called after `ttl` milliseconds, unless the call has ended. */
  constructor(
    id: number,
    { fragment, ...head }: CallReq,
    limits: CallLimits,
    expire: (call: IncomingCall) => void,
  ) {
    this.id = id;
    this.head = head;
    this.checksumType = fragment.checksumType;
    this.joiner = new ArgumentJoiner(limits.maxBytes);
    this.budget = limits.budget;
    this.keepsFrames = limits.keepsFrames;
    this.timer = setTimeout(() => expire(this), limits.ttl);
  }

  get tracing(): FrameTracing {
    return this.head.tracing;
  }

  /**
   * Its arguments with the last fragment, which `frame` brings. Until then what is kept counts against the budget. Throws
   * `CallError`, or `DecodeError`.
   */
  add(fragment: Fragment, frame: Frame): CallArguments | undefined {
    if (this.keepsFrames) this.frames.push(encodeFrame(frame.type, frame.id, frame.payload));
    const before = this.joiner.bytes;
    const args = this.joiner.add(fragment.hasMore ? ownFragment(fragment) : fragment);
    if (args !== undefined) {
      this.giveBack();
      return args;
    }
    const kept = this.keepsFrames ? frame.payload.length : 0;
    const more = this.joiner.bytes - before + kept + FRAGMENT_BYTES;
    if (!this.budget.tryTake(more)) {
      const { bytes, maxBytes } = this.budget;
      const message = `${bytes} of ${maxBytes} bytes of unfinished calls are under way`;
      throw new CallError(ErrorCode.busy, message);
    }
    this.held += more;
    return undefined;
  }

  end(): void {
    clearTimeout(this.timer);
    this.giveBack();
  }

  private giveBack(): void {
    if (this.held > 0) this.budget.giveBack(this.held);
    this.held = 0;
  }
}

/** A copy: a view would keep all that the socket read with it. */
function ownFragment(fragment: Fragment): Fragment {
  return { ...fragment, chunks: fragment.chunks.map(own) };
}

/** Not from a pool, of which it would keep the whole. */
function own(chunk: Buffer): Buffer {
  const copy = Buffer.alloc(chunk.length);
  chunk.copy(copy);
  return copy;
}
