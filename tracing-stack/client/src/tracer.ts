import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { hostname } from 'node:os';
import { type KeyValue, type Log, type Span as ModelSpan, spanIdFromInt64 } from '@spoor/model';
import { encodeEmitBatch } from '@spoor/wire';
import * as opentracing from 'opentracing';

/** Reports every span at once to a jaeger-agent over UDP. The thinnest tracer that opentracing's API allows. */
export class Tracer extends opentracing.Tracer {
  readonly serviceName: string;
  private readonly socket = createSocket('udp4');
  private readonly agentPort: number;
  private pending: Promise<void>[] = [];

  constructor(serviceName: string, agentPort: number) {
    super();
    this.serviceName = serviceName;
    this.agentPort = agentPort;
  }

  protected override _startSpan(name: string, fields: opentracing.SpanOptions): opentracing.Span {
    const parent = fields.references?.[0]?.referencedContext() as SpanContext | undefined;
    const spanId = spanIdFromInt64(randomBytes(8).readBigUInt64BE());
    return new Span(this, name, new SpanContext(parent?.traceId ?? spanId, spanId), parent);
  }

  report(span: ModelSpan): void {
    const datagram = encodeEmitBatch(span.process, [span], 1);
    this.pending.push(
      new Promise((resolve, reject) => {
        this.socket.send(datagram, this.agentPort, '127.0.0.1', (error) =>
          error ? reject(error) : resolve(),
        );
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.pending);
    this.socket.close();
  }
}

class SpanContext extends opentracing.SpanContext {
  readonly traceId: string;
  readonly spanId: string;

  constructor(traceId: string, spanId: string) {
    super();
    this.traceId = traceId;
    this.spanId = spanId;
  }
}

class Span extends opentracing.Span {
  private readonly owner: Tracer;
  private readonly name: string;
  private readonly ids: SpanContext;
  private readonly parent: SpanContext | undefined;
  private readonly startTime = Date.now() * 1000;
  private readonly tags: KeyValue[] = [];
  private readonly logs: Log[] = [];

  constructor(owner: Tracer, name: string, ids: SpanContext, parent: SpanContext | undefined) {
    super();
    this.owner = owner;
    this.name = name;
    this.ids = ids;
    this.parent = parent;
  }

  protected override _context(): opentracing.SpanContext {
    return this.ids;
  }

  protected override _addTags(tags: Record<string, unknown>): void {
    this.tags.push(...strings(tags));
  }

  protected override _log(fields: Record<string, unknown>): void {
    this.logs.push({ timestamp: Date.now() * 1000, fields: strings(fields) });
  }

  protected override _finish(): void {
    const { traceId, spanId } = this.ids;
    this.owner.report({
      traceId,
      spanId,
      operationName: this.name,
      references: this.parent ? [{ refType: 'CHILD_OF', traceId, spanId: this.parent.spanId }] : [],
      flags: 1,
      startTime: this.startTime,
      duration: Date.now() * 1000 - this.startTime,
      tags: this.tags,
      logs: this.logs,
      process: {
        serviceName: this.owner.serviceName,
        tags: strings({ hostname: hostname() }),
      },
      warnings: [],
    });
  }
}

function strings(values: Record<string, unknown>): KeyValue[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    type: 'string',
    value: String(value),
  }));
}
