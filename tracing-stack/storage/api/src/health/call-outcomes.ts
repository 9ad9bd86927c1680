import { DecodeError } from '@spoor/wire';
import { StorageError, type StorageErrorCode } from '../storage-error.ts';

/** One failure may be the call's own; so many in a row, for so long, are the store's. */
const IN_A_ROW = 3;
const FOR_MS = 2000;
/** After this long without another failure only another call can tell. */
const KNOWN_FOR_MS = 60_000;

/** Of these the store is not to blame: what it was asked or given, or who closed it. */
const NOT_ITS_FAULT: readonly StorageErrorCode[] = ['corrupt', 'unsupported', 'closed'];

/** How the calls of one kind went of late. */
export class CallOutcomes {
  private readonly kind: string;
  /** Milliseconds since 1970. */
  private readonly clock: () => number;
  private failures = 0;
  private since = 0;
  private latest = 0;
  private reason = '';

  /** `kind` as in `writing spans`. */
  constructor(kind: string, clock: () => number) {
    this.kind = kind;
    this.clock = clock;
  }

  async watch<T>(call: Promise<T>): Promise<T> {
    try {
      const answer = await call;
      this.forget();
      return answer;
    } catch (error) {
      if (isFaultOfStore(error)) this.note(error);
      throw error;
    }
  }

  forget(): void {
    this.failures = 0;
  }

  /** Why the last call failed, if it did, not long ago. */
  get doubt(): string | undefined {
    const isRecent = this.failures > 0 && this.clock() - this.latest <= KNOWN_FOR_MS;
    return isRecent ? `${this.kind} failed before: ${this.reason}` : undefined;
  }

  /** Why the store cannot do this, if it cannot: it failed over and over, and nothing went well since. */
  get failing(): string | undefined {
    const lasts = this.failures >= IN_A_ROW && this.latest - this.since >= FOR_MS;
    if (!lasts || this.doubt === undefined) return undefined;
    return `${this.kind} failed ${this.failures} times in a row: ${this.reason}`;
  }

  private note(error: unknown): void {
    this.latest = this.clock();
    if (this.failures === 0) this.since = this.latest;
    this.failures++;
    this.reason = error instanceof Error ? error.message : String(error);
  }
}

function isFaultOfStore(error: unknown): boolean {
  if (error instanceof DecodeError) return false;
  return !(error instanceof StorageError && NOT_ITS_FAULT.includes(error.code));
}
