import type { Process } from '@spoor/model';

/** Says who may have a debug trace, which every sampler and store keeps: so that nobody floods them. */
export interface DebugThrottler {
  /** Told once, by the tracer that it is for. */
  setProcess(process: Process): void;
  /** Takes a credit of the operation, if there is one. */
  isAllowed(operationName: string): boolean;
  close(): Promise<void>;
}
