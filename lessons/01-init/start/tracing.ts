// Lesson 1: what makes the tracer of a service. This file is yours to finish.
import type { TracingConfig } from '@spoor/client';
import { Tracer } from 'opentracing';

/** Ends a tracer. */
export interface Closer {
  close(): Promise<void>;
}

/** Makes the tracer of a service, and what closes it. `config` replaces what it names. */
export function initJaeger(
  _service: string,
  _config: Partial<TracingConfig> = {},
): [Tracer, Closer] {
  // Step 1.1: this is opentracing's own tracer. It takes every call, and keeps nothing.
  const tracer = new Tracer();
  return [tracer, { close: async () => {} }];
}
