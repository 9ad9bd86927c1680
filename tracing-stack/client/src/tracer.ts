import { FLAG_DEBUG, FLAG_SAMPLED, type KeyValue, type Process, ZERO_SPAN_ID } from '@spoor/model';
import * as opentracing from 'opentracing';
import type { BaggageRestrictions } from './baggage/baggage-restrictions.ts';
import { type Clock, microsOf, systemClock } from './clock.ts';
import { type Counters, createCounters } from './counters.ts';
import { isHeard, publish } from './events.ts';
import { complainOnce, type Logger, reasonOf, stdLogger } from './logger.ts';
import { countingLosses, type Losses, textOrNothing } from './losses.ts';
import { processTags } from './process-tags.ts';
import { DEBUG_ID_KEY } from './propagation/by-hand-reader.ts';
import { CarrierError, type Extractor, type Injector } from './propagation/codec.ts';
import { CodecRegistry } from './propagation/codec-registry.ts';
import type { HeaderNames, Propagation } from './propagation/propagators.ts';
import { createRandomId, type RandomId } from './random-ids.ts';
import { knownReferences, parentOf, reportedReferences } from './references.ts';
import type { Reporter } from './reporters/reporter.ts';
import type { Sampler } from './samplers/sampler.ts';
import { SamplingState } from './sampling-state.ts';
import { Span, type SpanOwner } from './span.ts';
import { SpanContext, spanContextOf } from './span-context.ts';
import { keyValueOf } from './tag-values.ts';
import type { DebugThrottler } from './throttler/debug-throttler.ts';
import { limitValues } from './value-length.ts';

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
  /** Trace ids of 128 bits, the lower half of which is the root's own. */
  readonly traceId128bit?: boolean | undefined;
  /** In what words contexts travel through text; `['jaeger']` if not given. None: not at all. */
  readonly propagation?: readonly Propagation[] | undefined;
  readonly headers?: HeaderNames | undefined;
  /** Bytes of a tag's or log field's text; longer ones are cut, and counted. Nothing is cut if not given. */
  readonly maxTagValueLength?: number | undefined;
  /** All baggage may be set if not given. Closed with the tracer, as the next. */
  readonly baggageRestrictions?: BaggageRestrictions | undefined;
  /** All debug traces may be had if not given. */
  readonly debugThrottler?: DebugThrottler | undefined;
}

/** OpenTracing's tracer in Jaeger's manner. Nothing it does throws into the application: what fails is counted. */
export class Tracer extends opentracing.Tracer {
  readonly counters: Readonly<Counters>;
  private readonly owner: SpanOwner;
  private readonly sampler: Sampler;
  private readonly randomId: RandomId;
  private readonly hasWideIds: boolean;
  private readonly codecs: CodecRegistry;
  private readonly closeables: readonly ({ close(): Promise<void> } | undefined)[];

  constructor(options: TracerOptions) {
    super();
    const { serviceName, sampler, reporter, tags, logger = stdLogger } = options;
    const counters = options.counters ?? createCounters();
    const clock = options.clock ?? systemClock;
    const complain = complainOnce(logger);
    const limit =
      options.maxTagValueLength === undefined
        ? undefined
        : limitValues(options.maxTagValueLength, () => {
            counters.cutValues++;
          });
    const losses = countingLosses(counters, complain);
    const process: Process = { serviceName, tags: processTags(losses, tags) };
    const { baggageRestrictions, debugThrottler } = options;
    debugThrottler?.setProcess(process);
    this.owner = {
      ...{ tracer: this, process, reporter, clock, counters, complain, losses, limit },
      baggageRestrictions,
      isDebugAllowed: (operationName) => this.isDebugAllowed(operationName, debugThrottler),
    };
    this.closeables = [debugThrottler, baggageRestrictions, sampler, reporter];
    this.counters = counters;
    this.sampler = sampler;
    this.randomId = options.randomId ?? createRandomId();
    this.hasWideIds = options.traceId128bit ?? false;
    this.codecs = new CodecRegistry({
      propagation: options.propagation ?? ['jaeger'],
      headers: options.headers,
      onBaggageLost: (name, cause) =>
        this.countCarrierError('injectErrors', `baggage ${name} was not injected`, cause),
      onMalformed: (cause) =>
        this.countCarrierError('extractErrors', 'one of several contexts was not extracted', cause),
    });
  }

  /** What every span of the tracer says of its process. */
  get process(): Process {
    return this.owner.process;
  }

  /** As opentracing's, but `options` stays as it is. What cannot be used of it is counted, and the span starts. */
  override startSpan(name: string, options?: opentracing.SpanOptions | null): Span {
    return this._startSpan(name, options ?? NO_OPTIONS);
  }

  /** As opentracing's. `format` may be a codec of the application's own, or what one was registered for. */
  override inject(
    spanContext: opentracing.SpanContext | opentracing.Span,
    format: unknown,
    carrier: unknown,
  ): void {
    this._inject(spanContext, format, carrier);
  }

  /** As opentracing's: `null` if the carrier holds no context; also, counted, if it holds a malformed one. */
  override extract(format: unknown, carrier: unknown): SpanContext | null {
    return super.extract(format as string, carrier) as SpanContext | null;
  }

  /** From now on, `injector` writes contexts of `format`, which may be any value. */
  registerInjector(format: unknown, injector: Injector): void {
    this.codecs.registerInjector(format, injector);
  }

  /** From now on, `extractor` reads contexts of `format`, which may be any value. */
  registerExtractor(format: unknown, extractor: Extractor): void {
    this.codecs.registerExtractor(format, extractor);
  }

  /** Resolves when every finished span was handed to the kernel or counted as dropped. Never rejects. */
  async close(): Promise<void> {
    await Promise.all(this.closeables.map((part) => part?.close()));
  }

  protected override _startSpan(name: string, options: opentracing.SpanOptions): Span {
    const { counters, losses } = this.owner;
    counters.started++;
    const { childOf, references: given, startTime, tags: ownTags } = readable(options, losses);
    const operationName = textOrNothing(name) ?? unnamed(losses);
    const references = knownReferences(given, childOf, losses);
    const parent = parentOf(references);
    const { context, tags } = parent?.isValid
      ? this.continueTrace(operationName, parent)
      : this.startTrace(operationName, parent);
    const span = new Span(this.owner, {
      operationName,
      context,
      references: reportedReferences(references),
      startTime: microsOf(startTime, losses),
      tags,
    });
    if (ownTags) span.addTags(ownTags);
    if (isHeard('start')) publish('start', { tracer: this, span, options });
    return span;
  }

  private continueTrace(operationName: string, parent: SpanContext): Beginning {
    const context = parent.child(this.randomId());
    if (parent.sampling.isDecided) return { context, tags: NO_TAGS };
    const { sampled, tags } = this.sampler.sample(context.traceId, operationName);
    parent.sampling.decide(sampled);
    return { context, tags: sampled ? tags : NO_TAGS };
  }

  /** The context of a root, and the tags in which whoever decided explains itself. */
  private startTrace(operationName: string, parent: SpanContext | undefined): Beginning {
    const spanId = this.randomId();
    const traceId = this.hasWideIds ? this.randomId() + spanId : spanId;
    const ids = { traceId, spanId, parentId: ZERO_SPAN_ID };
    const { flags, tags } = this.decide(traceId, operationName, parent);
    return { context: new SpanContext(ids, new SamplingState(flags), parent?.baggage), tags };
  }

  private isDebugAllowed(operationName: string, throttler: DebugThrottler | undefined): boolean {
    const isAllowed = throttler?.isAllowed(operationName) ?? true;
    if (!isAllowed) this.owner.counters.debugRefused++;
    return isAllowed;
  }

  /** Who asked for a debug trace, or said whether to keep it without saying who calls, is obeyed; else the sampler. */
  private decide(traceId: string, operationName: string, parent: SpanContext | undefined) {
    const debugId = parent?.companions.debugId;
    if (debugId && this.owner.isDebugAllowed(operationName)) {
      const tags = [keyValueOf(DEBUG_ID_KEY, debugId, this.owner.losses)];
      return { flags: FLAG_SAMPLED | FLAG_DEBUG, tags };
    }
    if (parent?.sampling.isDecided) return { flags: parent.flags, tags: NO_TAGS };
    const { sampled, tags } = this.sampler.sample(traceId, operationName);
    return sampled ? { flags: FLAG_SAMPLED, tags } : { flags: 0, tags: NO_TAGS };
  }

  protected override _inject(
    spanContext: opentracing.SpanContext | opentracing.Span,
    format: unknown,
    carrier: unknown,
  ): void {
    try {
      const context = spanContextOf(spanContext);
      if (!context) throw new CarrierError('foreign-context', 'not a context of this tracer');
      this.codecs.injectorOf(format).inject(context, carrier);
      if (isHeard('inject')) publish('inject', { tracer: this, context, format, carrier });
    } catch (cause) {
      this.countCarrierError('injectErrors', 'a context was not injected', cause);
    }
  }

  protected override _extract(format: unknown, carrier: unknown): SpanContext | null {
    let context: SpanContext | null = null;
    try {
      context = this.codecs.extractorOf(format).extract(carrier) ?? null;
    } catch (cause) {
      this.countCarrierError('extractErrors', 'a context was not extracted', cause);
    }
    if (isHeard('extract')) publish('extract', { tracer: this, context, format, carrier });
    return context;
  }

  private countCarrierError(
    counter: 'injectErrors' | 'extractErrors',
    message: string,
    cause: unknown,
  ): void {
    this.owner.counters[counter]++;
    this.owner.complain(counter, `${message}: ${reasonOf(cause)}`);
  }
}

interface Beginning {
  readonly context: SpanContext;
  readonly tags: readonly KeyValue[];
}

const NO_TAGS: readonly KeyValue[] = [];
const NO_OPTIONS: opentracing.SpanOptions = {};

/** The options that a span may have; none if reading them throws. */
function readable(options: opentracing.SpanOptions, losses: Losses): opentracing.SpanOptions {
  try {
    if (typeof options !== 'object') throw new TypeError(`a ${typeof options} has none`);
    const { childOf, references, startTime, tags } = options;
    return { childOf, references, startTime, tags } as opentracing.SpanOptions;
  } catch (cause) {
    losses.badArgument(`options of a span that cannot be read were left out: ${reasonOf(cause)}`);
    return NO_OPTIONS;
  }
}

function unnamed(losses: Losses): string {
  losses.badArgument('the name of a span, which is no text, was left out');
  return '';
}
