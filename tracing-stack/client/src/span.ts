import type { KeyValue, Log, Micros, Process, Reference, Span as ReportedSpan } from '@spoor/model';
import * as opentracing from 'opentracing';
import type { BaggageRestrictions } from './baggage/baggage-restrictions.ts';
import { type Clock, microsOf } from './clock.ts';
import type { Counters } from './counters.ts';
import { isHeard, publish } from './events.ts';
import { type Complain, reasonOf } from './logger.ts';
import { type Losses, textOrNothing } from './losses.ts';
import type { Reporter } from './reporters/reporter.ts';
import type { SpanContext } from './span-context.ts';
import { keyValueOf, keyValuesOf } from './tag-values.ts';
import type { Tracer } from './tracer.ts';
import { cutText, type LimitValue } from './value-length.ts';

/** What a span needs of its tracer. */
export interface SpanOwner {
  readonly tracer: Tracer;
  readonly process: Process;
  readonly reporter: Reporter;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly complain: Complain;
  readonly losses: Losses;
  /** Of a tracer that cuts long values. */
  readonly limit: LimitValue | undefined;
  /** Of a tracer that is told which baggage may be set. */
  readonly baggageRestrictions: BaggageRestrictions | undefined;
  /** Takes a credit where debug traces are not for everybody; a refusal is counted. */
  isDebugAllowed(operationName: string): boolean;
}

export interface SpanStart {
  readonly operationName: string;
  readonly context: SpanContext;
  readonly references: readonly Reference[];
  /** When the application says itself when the span began. */
  readonly startTime: Micros | undefined;
  /** What the sampler says of a root. */
  readonly tags: readonly KeyValue[];
}

/** One operation under way. It is reported when it finishes, and never if it does not. */
export class Span extends opentracing.Span {
  private readonly owner: SpanOwner;
  private readonly references: readonly Reference[];
  private readonly startTime: Micros;
  /** The even clock at the start; `undefined` if the application set the start. */
  private readonly startElapsed: Micros | undefined;
  private readonly tags: KeyValue[];
  private readonly logs: Log[] = [];
  private operationName: string;
  private identity: SpanContext;
  private isFinished = false;

  constructor(owner: SpanOwner, start: SpanStart) {
    super();
    this.owner = owner;
    this.operationName = start.operationName;
    this.identity = start.context;
    this.references = start.references;
    this.tags = [...start.tags];
    const now = owner.clock.now();
    this.startTime = start.startTime ?? now.time;
    this.startElapsed = start.startTime === undefined ? now.elapsed : undefined;
  }

  /** As opentracing's, with the ids: `traceId`, `spanId`, `parentId`, `flags`. */
  override context(): SpanContext {
    return this.identity;
  }

  protected override _tracer(): Tracer {
    return this.owner.tracer;
  }

  protected override _setOperationName(name: string): void {
    this.operationName = this.textOf(name, 'an operation name') ?? this.operationName;
  }

  protected override _setBaggageItem(key: string, value: string): void {
    const given = this.textOf(key, 'the name of a baggage item');
    const text = this.textOf(value, 'the value of a baggage item');
    if (given === undefined || text === undefined) return;
    const name = given.toLowerCase();
    const { baggageRestrictions, counters } = this.owner;
    const maxLength = baggageRestrictions
      ? baggageRestrictions.maxLengthOf(name)
      : Number.POSITIVE_INFINITY;
    // What is logged is as of jaeger-client-go, so that a trace shows where baggage was set.
    if (maxLength === undefined) {
      counters.baggageRefused++;
      this._log({ event: 'baggage', key: given, value: text, invalid: 'true' });
      return;
    }
    const cut = cutText(text, maxLength);
    if (cut !== text) counters.baggageCut++;
    const replaces = this.identity.baggage.has(name);
    this.identity = this.identity.withBaggageItem(name, cut);
    const override = replaces && { override: 'true' };
    const truncated = cut !== text && { truncated: 'true' };
    this._log({ event: 'baggage', key: given, value: cut, ...override, ...truncated });
  }

  protected override _getBaggageItem(key: string): string | undefined {
    return this.identity.baggage.get(textOrNothing(key)?.toLowerCase() ?? '');
  }

  /** As opentracing's. Any key and value are taken, and none throws. */
  override setTag(key: string, value: unknown): this {
    const name = this.textOf(key, 'the key of a tag');
    if (name === undefined) return this;
    const isPriority = name === opentracing.Tags.SAMPLING_PRIORITY;
    if (isPriority && !this.prioritize(value)) return this;
    if (this.isWritable()) this.pushTag(keyValueOf(name, value, this.owner.losses));
    return this;
  }

  protected override _addTags(tags: Record<string, unknown> | null): void {
    // First, whatever its place among the tags: it decides whether the others are kept.
    const isPrioritized = this.prioritize(this.priorityIn(tags));
    if (!this.isWritable()) return;
    for (const tag of keyValuesOf(tags, this.owner.losses)) {
      if (isPrioritized || tag.key !== opentracing.Tags.SAMPLING_PRIORITY) this.pushTag(tag);
    }
  }

  private priorityIn(tags: Record<string, unknown> | null | undefined): unknown {
    try {
      return tags?.[opentracing.Tags.SAMPLING_PRIORITY];
    } catch {
      // Told when the tags are read.
      return undefined;
    }
  }

  /** As jaeger-client does: what is more than 0 keeps the trace, anything else gives it up. False if nothing is asked. */
  private prioritize(priority: unknown): boolean {
    if (priority === undefined || priority === null) return false;
    try {
      const keeps = (priority as number) > 0;
      const { isDebug } = this.identity.sampling;
      if (keeps && !isDebug && !this.owner.isDebugAllowed(this.operationName)) return false;
      this.identity.sampling.setPriority(keeps);
      return true;
    } catch (cause) {
      this.owner.losses.badArgument(`a sampling.priority was left out: ${reasonOf(cause)}`);
      return false;
    }
  }

  private pushTag(tag: KeyValue): void {
    this.tags.push(this.owner.limit?.(tag) ?? tag);
  }

  /** Fields are an object; a text alone is the event. */
  protected override _log(fields: Record<string, unknown> | string | null, at?: number): void {
    if (!this.isWritable()) return;
    const { limit, losses } = this.owner;
    const timestamp = microsOf(at, losses) ?? this.time();
    const values = keyValuesOf(typeof fields === 'string' ? { event: fields } : fields, losses);
    this.logs.push({ timestamp, fields: limit ? values.map(limit) : values });
  }

  private textOf(value: unknown, what: string): string | undefined {
    const text = textOrNothing(value);
    if (text === undefined) this.owner.losses.badArgument(`${what} that is no text was left out`);
    return text;
  }

  protected override _finish(finishTime?: number): void {
    const { tracer, counters, reporter, process, complain, losses } = this.owner;
    if (this.isFinished) {
      counters.finishedAgain++;
      complain('finish', `span ${this.identity} (${this.operationName}) was finished twice`);
      return;
    }
    this.isFinished = true;
    counters.finished++;
    if (isHeard('finish')) publish('finish', { tracer, span: this });
    if (!this.identity.isSampled) return;
    counters.sampled++;
    const { traceId, spanId, flags } = this.identity;
    const end = microsOf(finishTime, losses) ?? this.time();
    const reported: ReportedSpan = {
      traceId,
      spanId,
      operationName: this.operationName,
      references: this.references,
      flags,
      startTime: this.startTime,
      // An end in whole milliseconds may lie before our start. Jaeger would show a negative length as 584,942 years.
      duration: Math.max(0, end - this.startTime),
      tags: this.tags,
      logs: this.logs,
      process,
      warnings: [],
    };
    reporter.report(reported);
    if (isHeard('report')) publish('report', { tracer, span: reported });
  }

  /** Now, on this span's own time line: evenly on from its start, even if the clock leaps meanwhile. */
  private time(): Micros {
    const { time, elapsed } = this.owner.clock.now();
    if (this.startElapsed === undefined) return time;
    return this.startTime + elapsed - this.startElapsed;
  }

  /** Nobody will see what is written to a span that is not sampled. What comes after the end is counted. */
  private isWritable(): boolean {
    if (this.isFinished) this.owner.counters.tooLate++;
    return !this.isFinished && this.identity.isSampled;
  }
}
