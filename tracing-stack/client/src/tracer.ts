import { FLAG_SAMPLED, type KeyValue, type Process, ZERO_SPAN_ID } from '@spoor/model';
import * as opentracing from 'opentracing';
import { type Clock, microsOf, systemClock } from './clock.ts';
import { type Counters, createCounters } from './counters.ts';
import { complainOnce, type Logger, stdLogger } from './logger.ts';
import { processTags } from './process-tags.ts';
import type { Codec } from './propagation/codec.ts';
import { textCodecs } from './propagation/text-codecs.ts';
import { createRandomId, type RandomId } from './random-ids.ts';
import { knownReferences, parentOf, reportedReferences } from './references.ts';
import type { Reporter } from './reporters/reporter.ts';
import type { Sampler } from './samplers/sampler.ts';
import { SamplingState } from './sampling-state.ts';
import { Span, type SpanOwner } from './span.ts';
import { type Baggage, SpanContext, spanContextOf } from './span-context.ts';

export interface TracerOptions {
  readonly serviceName: string;
  readonly sampler: Sampler;
  readonly reporter: Reporter;
  /** Tags of the process, beside those that every tracer has. */
  readonly tags?: Record<string, unknown> | undefined;
  readonly logger?: Logger | undefined;
  /** The ones in which the reporter counts, too. */
  readonly counters?: Counters | undefined;
  readonly clock?: Clock | undefined;
  readonly randomId?: RandomId | undefined;
}

/** OpenTracing's tracer in Jaeger's manner. Nothing it does throws into the application: what fails is counted. */
export class Tracer extends opentracing.Tracer {
  readonly counters: Readonly<Counters>;
  private readonly owner: SpanOwner;
  private readonly sampler: Sampler;
  private readonly randomId: RandomId;
  private readonly codecs: ReadonlyMap<string, Codec>;

  constructor(options: TracerOptions) {
    super();
    const { serviceName, sampler, reporter, tags, logger = stdLogger } = options;
    const counters = options.counters ?? createCounters();
    const process: Process = { serviceName, tags: processTags(tags) };
    const clock = options.clock ?? systemClock;
    const complain = complainOnce(logger);
    this.owner = { tracer: this, process, reporter, clock, counters, complain };
    this.counters = counters;
    this.sampler = sampler;
    this.randomId = options.randomId ?? createRandomId();
    this.codecs = textCodecs((name, cause) =>
      this.countCarrierError('injectErrors', `baggage ${name} was not injected`, cause),
    );
  }

  /** As opentracing's, but `options` stays as it is. */
  override startSpan(name: string, options: opentracing.SpanOptions = {}): Span {
    const references = options.references && { references: [...options.references] };
    return super.startSpan(name, { ...options, ...references }) as Span;
  }

  /** As opentracing's: `null` if the carrier holds no context; also, counted, if it holds a malformed one. */
  override extract(format: string, carrier: unknown): SpanContext | null {
    return super.extract(format, carrier) as SpanContext | null;
  }

  /** Resolves when every finished span was handed to the kernel or counted as dropped. Never rejects. */
  async close(): Promise<void> {
    await Promise.all([this.owner.reporter.close(), this.sampler.close()]);
  }

  protected override _startSpan(name: string, options: opentracing.SpanOptions): Span {
    this.owner.counters.started++;
    const operationName = String(name);
    const references = knownReferences(options.references ?? []);
    const parent = parentOf(references);
    const { context, tags } = parent?.isValid
      ? { context: parent.child(this.randomId()), tags: [] }
      : this.startTrace(operationName, parent?.baggage);
    const span = new Span(this.owner, {
      operationName,
      context,
      references: reportedReferences(references),
      startTime: microsOf(options.startTime),
      tags,
    });
    if (options.tags) span.addTags(options.tags);
    return span;
  }

  /** The context of a root, whose ids are the same number, and the tags in which the sampler explains itself. */
  private startTrace(operationName: string, baggage: Baggage | undefined) {
    const id = this.randomId();
    const { sampled, tags } = this.sampler.sample(id, operationName);
    const ids = { traceId: id, spanId: id, parentId: ZERO_SPAN_ID };
    const context = new SpanContext(ids, new SamplingState(sampled ? FLAG_SAMPLED : 0), baggage);
    return { context, tags: sampled ? tags : ([] as readonly KeyValue[]) };
  }

  protected override _inject(
    spanContext: opentracing.SpanContext,
    format: string,
    carrier: unknown,
  ): void {
    try {
      const context = spanContextOf(spanContext);
      if (!context) throw new Error('not a context of this tracer');
      this.codecOf(format).inject(context, carrier);
    } catch (cause) {
      this.countCarrierError('injectErrors', 'a context was not injected', cause);
    }
  }

  protected override _extract(format: string, carrier: unknown): SpanContext | null {
    try {
      return this.codecOf(format).extract(carrier) ?? null;
    } catch (cause) {
      this.countCarrierError('extractErrors', 'a context was not extracted', cause);
      return null;
    }
  }

  private codecOf(format: string): Codec {
    const codec = this.codecs.get(format);
    if (!codec) throw new Error(`no codec for the format ${format}`);
    return codec;
  }

  private countCarrierError(
    counter: 'injectErrors' | 'extractErrors',
    message: string,
    cause: unknown,
  ): void {
    this.owner.counters[counter]++;
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.owner.complain(counter, `${message}: ${reason}`);
  }
}
