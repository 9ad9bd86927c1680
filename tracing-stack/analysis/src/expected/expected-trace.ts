import type { JsonValue } from '../jaeger-json/observed-trace.ts';

/** One span that a lesson's trace must hold. */
export interface ExpectedSpan {
  /** Names the span inside expected.json, since two spans may have the same operation name. */
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** The `id` of the parent; `null` for the root. */
  readonly parent: string | null;
  readonly tags: Readonly<Record<string, JsonValue>>;
  /** Each must be found among the span's logs with at least these fields. Further logs are allowed. */
  readonly logs: readonly Readonly<Record<string, JsonValue>>[];
  /** Keys of tags that its process must have, whatever their values. */
  readonly processTags?: readonly string[];
  /** The step of the lesson that first asks for it: `3.3`. Absent if every step does. */
  readonly step?: string;
  /** By key: the steps of tags that are asked for later than the span itself. */
  readonly tagSteps?: Readonly<Record<string, string>>;
}

/** The shape of a lesson's trace: what a lesson's `expected.json` holds. */
export interface ExpectedTrace {
  /** How many traces of this shape the lesson leaves; 1 if not given. */
  readonly traces?: number;
  readonly spans: readonly ExpectedSpan[];
}
