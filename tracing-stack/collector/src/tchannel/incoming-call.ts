import type { ByteBudget } from '@spoor/platform';
import {
  ArgumentJoiner,
  type CallArguments,
  type CallReq,
  ErrorCode,
  type Fragment,
  type FrameTracing,
} from '@spoor/wire';
import { CallError } from './call-error.ts';

/** A call from its first frame to its answer. */
export class IncomingCall {
  readonly id: number;
  readonly head: CallReq;
  private readonly joiner: ArgumentJoiner;
  private readonly budget: ByteBudget;
  private held = 0;
  private readonly timer: NodeJS.Timeout;

  /** `expire` is called after `ttl` milliseconds, unless the call has ended. */
  constructor(
    id: number,
    head: CallReq,
    limits: { readonly maxBytes: number; readonly budget: ByteBudget; readonly ttl: number },
    expire: (call: IncomingCall) => void,
  ) {
    this.id = id;
    this.head = head;
    this.joiner = new ArgumentJoiner(limits.maxBytes);
    this.budget = limits.budget;
    this.timer = setTimeout(() => expire(this), limits.ttl);
  }

  get tracing(): FrameTracing {
    return this.head.tracing;
  }

  /** Its arguments with the last fragment. Until then the bytes count against the budget. */
  add(fragment: Fragment): CallArguments | undefined {
    const before = this.joiner.bytes;
    const args = this.joiner.add(fragment);
    if (args !== undefined) {
      this.giveBack();
      return args;
    }
    const more = this.joiner.bytes - before;
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
