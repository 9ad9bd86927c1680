/**
 * Loaded into each of the learner's programs before its own code (`--import`). Tells the harness, line by line on an
 * inherited pipe, what the tracers and the network see there. It changes nothing that the program does.
 */
import type { Socket } from 'node:dgram';
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import http from 'node:http';
import module from 'node:module';
import { type AddressInfo, Server } from 'node:net';
import {
  type Given,
  type ParentFrom,
  TAP_FD_VARIABLE,
  type TapMessage,
  type TappedContext,
  type TappedSpan,
  type WritesOnSpan,
} from './tap-event.ts';
import { tapClientInterceptors, tapGrpc, tapServerInterceptors } from './tap-grpc.ts';
import { after, before, replace } from './wrap-method.ts';

const fd = Number(process.env[TAP_FD_VARIABLE]);
// Programs that the learner's program starts are not tapped.
delete process.env[TAP_FD_VARIABLE];

/** As a shell tells the end by SIGTERM. */
const TERMINATED_EXIT_CODE = 143;

let closed = false;
function tell(message: TapMessage): void {
  if (closed) return;
  const at = performance.timeOrigin + performance.now();
  const line = Buffer.from(`${JSON.stringify({ at, ...message })}\n`);
  for (let sent = 0; sent < line.length; ) {
    try {
      sent += writeSync(fd, line, sent);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') continue;
      // The harness has gone; the program may go on.
      closed = true;
      return;
    }
  }
}

/** Whoever starts spans by the thousand is not told of in full: what a lesson is about comes early. */
const MOST_SPANS = 2000;
let spans = 0;
const told = new Set<string>();

/** Of a span either everything is told or nothing. */
function tellSpan(
  message: Extract<TapMessage, { spanId: string }> & { readonly type: string },
): void {
  if (message.type === 'start') {
    if (spans++ >= MOST_SPANS) return;
    told.add(message.spanId);
  } else if (!told.has(message.spanId)) return;
  tell(message);
}

const id = (text: unknown): string => String(text ?? '').padStart(16, '0');

// --- our tracer ---------------------------------------------------------------------------------------------------

interface OurTracer {
  readonly process: {
    readonly serviceName: string;
    readonly tags: readonly { key: string; value: unknown }[];
  };
  close(): Promise<void>;
}
interface OurContext extends TappedContext {
  readonly isSampled: boolean;
}
interface OurSpan {
  context(): OurContext;
  finish(time?: number): void;
  readonly operationName: string;
}
interface OurMessage {
  readonly tracer: OurTracer;
  readonly span: OurSpan;
  readonly options?: unknown;
}

interface SpanOptions {
  readonly childOf?: object;
  readonly tags?: object;
}

/** The classes of tracers that were seen: also one of which no span was started is closed. */
const seen = new WeakSet<object>();
const finished = new WeakSet<OurSpan>();
/** Spans whose `sampling.priority` gave their trace up. */
const givenUp = new WeakSet<OurSpan>();
/** What spanFromContext or activeSpan was asked for since the last span was started. */
let askedFor: { readonly of: 'context' } | { readonly of: 'active'; span: unknown } | undefined;

function contextOf({ traceId, spanId, parentId }: TappedContext): TappedContext {
  return { traceId: id(traceId), spanId: id(spanId), parentId: id(parentId) };
}

function uuidOf({ process: { tags } }: OurTracer): string {
  return String(tags.find(({ key }) => key === 'client-uuid')?.value ?? '');
}

function ourSpan({ tracer, span }: OurMessage): TappedSpan {
  return {
    client: 'spoor',
    service: tracer.process.serviceName,
    clientUuid: uuidOf(tracer),
    operationName: span.operationName,
    sampled: span.context().isSampled,
    ...contextOf(span.context()),
  };
}

function on<Message>(channel: string, take: (message: Message) => void): void {
  subscribe(channel, (message) => take(message as Message));
}

on<OurMessage>('spoor:tracer:start', (message) => {
  const { tracer, span } = message;
  const tracers = Object.getPrototypeOf(tracer) as object;
  if (!seen.has(tracers)) {
    seen.add(tracers);
    before(tracers, 'inject', tellInjectExchanged);
    before(tracers, 'extract', tellExtractExchanged);
    before(tracers, 'close', function () {
      tell({ type: 'close', clientUuid: uuidOf(this as OurTracer) });
    });
  }
  before(span, 'finish', () => {
    if (finished.has(span)) tellSpan({ type: 'finish-again', ...ourSpan(message) });
  });
  for (const name of ['setTag', 'addTags', 'log'])
    before(span, name, ([written, value]) => {
      if (name === 'setTag') notePriority(span, { [String(written)]: value });
      if (name === 'addTags') notePriority(span, written);
      if (finished.has(span))
        tellSpan({ type: 'write-late', keys: keysWritten(written), ...ourSpan(message) });
      else {
        if (name === 'log') tellSpan({ type: 'log', ...ourSpan(message) });
        if (name !== 'addTags') tellMiswritten(message, name as WritesOnSpan, written);
      }
    });
  before(span, 'setBaggageItem', ([key]) => tellMiswritten(message, 'setBaggageItem', key));
  notePriority(span, (message.options as SpanOptions | undefined)?.tags);
  tellSpan({
    type: 'start',
    ...misunderstood(message.options),
    ...parentFrom(message.options),
    ...ourSpan(message),
  });
  askedFor = undefined;
});
on<{ span: unknown }>('spoor:active-span:asked', ({ span }) => {
  askedFor = { of: 'active', span };
});
on<{ error: unknown }>('spoor:tracer:refused', ({ error }) =>
  tell({ type: 'tracer-refused', error: error instanceof Error ? error.message : String(error) }),
);
on<{ span: unknown }>('spoor:context:made', ({ span }) => {
  const spanId = spanIdOf(span);
  tell({ type: 'context-made', ...(spanId && { spanId }) });
});
on<{ context: unknown }>('spoor:context:asked', ({ context }) => {
  askedFor = { of: 'context' };
  if (typeof context === 'function') tell({ type: 'context-uncalled' });
});
/** Whose contexts rpcServerOption was given. */
const callers = new WeakSet<object>();
/** The options that it gave, by their tags. */
const callersOptions = new WeakMap<object, SpanOptions>();
on<{ options: SpanOptions }>('spoor:rpc-server-option', ({ options }) => {
  const { childOf, tags } = options;
  if (childOf) callers.add(childOf);
  if (tags) callersOptions.set(tags, options);
});
on<{ context: unknown; parent: unknown; span: unknown; pair: unknown }>(
  'spoor:context:started-from',
  ({ context, parent, span, pair }) => {
    const spanId = spanIdOf(span);
    if (spanId !== undefined) tellTakenApart(pair as unknown[], spanId);
    if (spanId !== undefined && spanIdOf(parent) === undefined)
      tell({ type: 'context-empty', spanId, given: givenAs(context) });
  },
);
on<OurMessage>('spoor:tracer:finish', (message) => {
  finished.add(message.span);
  const isGivenUp = givenUp.has(message.span) && !message.span.context().isSampled;
  tellSpan({ type: 'finish', ...(isGivenUp && { isGivenUp }), ...ourSpan(message) });
});
on<{ ms: number }>('spoor:sleep', ({ ms }) => tell({ type: 'sleep', ms }));
on<{ span: { traceId: string; spanId: string } }>('spoor:tracer:report', ({ span }) =>
  tellSpan({
    type: 'report',
    traceId: id(span.traceId),
    spanId: id(span.spanId),
    parentId: id(''),
  }),
);
on<{ context: OurContext; format: unknown; carrier: unknown }>(
  'spoor:tracer:inject',
  ({ context, format, carrier }) =>
    tell({
      type: 'inject',
      format: String(format),
      keys: keysOf(carrier),
      ...(isMetadata(carrier) && { isMetadata: true }),
      ...(isWriter(carrier) && { isWriter: true }),
      ...contextOf(context),
    }),
);
on<{ context: OurContext | null; format: unknown; carrier: unknown }>(
  'spoor:tracer:extract',
  ({ context, format, carrier }) =>
    tell({
      type: 'extract',
      format: String(format),
      keys: keysOf(carrier),
      ...(context && { context: contextOf(context) }),
      ...(isMetadata(carrier) && { isMetadata: true }),
    }),
);

/** The last one counts, as it does for the tracer; what is not more than 0 gives the trace up. */
function notePriority(span: OurSpan, tags: unknown): void {
  const priority = (tags as { 'sampling.priority'?: unknown } | null | undefined)?.[
    'sampling.priority'
  ];
  if (priority === undefined || priority === null) return;
  if (Number(priority) > 0) givenUp.delete(span);
  else givenUp.add(span);
}

/** Of use for the wording only: whoever asked last may have asked for something else. */
function parentFrom(options: unknown): { parentFrom: ParentFrom } | undefined {
  const { childOf, references } = (options ?? {}) as { childOf?: unknown; references?: unknown };
  // That is how startSpanFromContext hands a parent on.
  if (Array.isArray(references) && references.length > 0 && childOf === undefined)
    return { parentFrom: 'context' };
  const given = givenAs(childOf);
  if (given === 'nothing')
    return askedFor?.of === 'active' && askedFor.span === undefined
      ? { parentFrom: 'nothing-active' }
      : undefined;
  if (given !== 'span') return undefined;
  if (askedFor?.of === 'context') return { parentFrom: 'context' };
  const isActive = askedFor?.of === 'active' && spanIdOf(askedFor.span) === idOfContextOr(childOf);
  return { parentFrom: isActive ? 'active' : 'own' };
}

function idOfContextOr(parent: unknown): string | undefined {
  const { spanId } = parent as { spanId?: string };
  return spanIdOf(parent) ?? (spanId === undefined ? undefined : id(spanId));
}

const CONTEXT_KEY = 'uber-trace-id';
const FORMATS: ReadonlySet<unknown> = new Set(['text_map', 'http_headers', 'binary']);

/** A tracer that is given them so writes nothing, and reads nothing. */
function tellInjectExchanged([context, format, carrier]: readonly unknown[]): void {
  const isLast = givenAs(carrier) === 'span' || givenAs(format) === 'span';
  const given = givenAs(context);
  if (FORMATS.has(context) || FORMATS.has(carrier) || (isLast && given !== 'span'))
    tell({ type: 'arguments-exchanged', of: 'inject' });
  else if (given !== 'span') tell({ type: 'inject-misgiven', given });
}

/** What the carriers named that are read by `foreachKey`. */
const named = new WeakMap<object, Set<string>>();

function tellExtractExchanged([, carrier]: readonly unknown[]): void {
  if (FORMATS.has(carrier)) tell({ type: 'arguments-exchanged', of: 'extract' });
  const { foreachKey } = (carrier ?? {}) as { foreachKey?: unknown };
  if (typeof foreachKey === 'function' && Object.isExtensible(carrier))
    replace(
      carrier as object,
      'foreachKey',
      (each) =>
        function (handler) {
          const names = new Set<string>();
          named.set(carrier as object, names);
          return each.call(this, (key: unknown, value: unknown) => {
            names.add(String(key));
            if (value === CONTEXT_KEY) tell({ type: 'arguments-exchanged', of: 'handler' });
            return (handler as (...args: unknown[]) => unknown)(key, value);
          });
        },
    );
}

/** Of grpc-js, which no tracer reads by its properties. */
function isMetadata(carrier: unknown): boolean {
  const { getMap, set } = (carrier ?? {}) as { getMap?: unknown; set?: unknown };
  return typeof getMap === 'function' && typeof set === 'function';
}

/** A carrier that hands on what it is told to set. */
function isWriter(carrier: unknown): boolean {
  const { set } = (carrier ?? {}) as { set?: unknown };
  const isKeeper = carrier instanceof Map || carrier instanceof Headers || isMetadata(carrier);
  return typeof set === 'function' && !isKeeper;
}

function tellTakenApart(pair: unknown[], spanId: string): void {
  before(pair, Symbol.iterator, () => tell({ type: 'pair-taken-apart', spanId }));
}

/** log takes an object of keys and values, the others a key and a value. */
function tellMiswritten(message: OurMessage, by: WritesOnSpan, written: unknown): void {
  if (typeof written === (by === 'log' ? 'string' : 'object') && written !== null)
    tellSpan({ type: 'miswritten', by, keys: keysWritten(written), ...ourSpan(message) });
}

/** What the options of a span say and startSpan does not take as it is meant. */
function misunderstood(options: unknown) {
  const childOf = misplacedParent(options);
  if (typeof options !== 'object' || options === null || childOf === 'options')
    return childOf && { childOf };
  const stray = Object.keys(options).filter((key) => !SPAN_OPTIONS.has(key));
  const { childOf: parent, tags = {} } = options as SpanOptions;
  const isKindLost = parent !== undefined && callers.has(parent) && !('span.kind' in tags);
  const ofCaller = callersOptions.get(tags);
  // startSpanFromContext puts them together anew by itself, and adds references.
  const isCallersTags =
    ofCaller !== undefined && ofCaller !== options && !('references' in options);
  return {
    ...(childOf && { childOf }),
    ...(stray.length > 0 && { stray }),
    ...(isKindLost && { isKindLost }),
    ...(isCallersTags && { isCallersTags }),
  };
}

const SPAN_OPTIONS: ReadonlySet<string> = new Set(['childOf', 'references', 'tags', 'startTime']);

/** Of a span of ours, or of npm jaeger-client's. */
function spanIdOf(span: unknown): string | undefined {
  const { context } = (span ?? {}) as { context?: unknown };
  if (typeof context !== 'function') return undefined;
  const { spanId, spanIdStr } = context.call(span) as { spanId?: string; spanIdStr?: string };
  return id(spanIdStr ?? spanId);
}

/** What the options of a span name as its parent, and is none; or they are the parent. */
function misplacedParent(options: unknown): Given | 'options' | undefined {
  if (typeof options !== 'object' || options === null) return undefined;
  if (/^(span|context)$/.test(givenAs(options))) return 'options';
  if (!('childOf' in options)) return undefined;
  const { childOf } = options;
  const given = givenAs(childOf);
  return given === 'span' ? undefined : given;
}

/** A span's context stands for the span. A context of functions holds a span under a symbol, or nothing at all. */
function givenAs(value: unknown): Given {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  if (typeof value !== 'object') return 'other';
  if (spanIdOf(value) !== undefined || 'spanId' in value) return 'span';
  const isContext = Object.isFrozen(value) && Object.keys(value).length === 0;
  return isContext ? 'context' : 'other';
}

/** The key of a tag, or the keys of several or of a log. */
function keysWritten(written: unknown): string[] {
  return typeof written === 'string' ? [written] : keysOf(written);
}

function keysOf(carrier: unknown): string[] {
  if (typeof carrier !== 'object' || carrier === null) return [];
  const names = named.get(carrier);
  if (names) return [...names];
  if (carrier instanceof Map || carrier instanceof Headers) return [...carrier.keys()].map(String);
  return Object.keys(carrier);
}

// --- opentracing's tracer that does nothing, and npm jaeger-client ------------------------------------------------

/** Of the class itself: tracers that do something override it. */
function tapNoop(opentracing: {
  Tracer: { prototype: object };
  globalTracer(): object;
  initGlobalTracer(tracer: unknown): void;
}): void {
  let isGlobal = false;
  for (const name of ['startSpan', 'inject'])
    replace(
      Object.getPrototypeOf(opentracing.globalTracer()) as object,
      name,
      (method) =>
        function (...args) {
          isGlobal = true;
          try {
            return method.apply(this, args);
          } finally {
            isGlobal = false;
          }
        },
    );
  before(opentracing.Tracer.prototype, '_startSpan', ([name]) =>
    tell({ type: 'noop-start', operationName: String(name), isGlobal }),
  );
  before(opentracing.Tracer.prototype, '_inject', () => tell({ type: 'noop-inject', isGlobal }));
  before(opentracing, 'initGlobalTracer', ([tracer]) => {
    const { startSpan } = (tracer ?? {}) as { startSpan?: unknown };
    tell({ type: 'global-set', isTracer: typeof startSpan === 'function' });
  });
}

interface ForeignContext {
  readonly traceIdStr?: string;
  readonly spanIdStr?: string;
  readonly parentIdStr?: string;
  isSampled(): boolean;
}
interface ForeignSpan {
  context(): ForeignContext;
  readonly operationName: string;
  readonly serviceName: string;
  tracer(): ForeignTracer;
  readonly _duration?: number;
}
interface ForeignTracer {
  readonly _process?: { readonly uuid?: string };
}

function foreignContext(context: ForeignContext): TappedContext {
  const { traceIdStr, spanIdStr, parentIdStr } = context;
  return { traceId: id(traceIdStr), spanId: id(spanIdStr), parentId: id(parentIdStr) };
}

function foreignSpan(span: ForeignSpan): TappedSpan {
  return {
    client: 'jaeger-client',
    service: span.serviceName,
    clientUuid: span.tracer()._process?.uuid ?? '',
    operationName: span.operationName,
    sampled: span.context().isSampled(),
    ...foreignContext(span.context()),
  };
}

const foreignFinished = new WeakSet<ForeignSpan>();

function tapJaegerClient(client: {
  Tracer: { prototype: object };
  Span: { prototype: object };
  LoggingReporter: { prototype: object };
}): void {
  const tracer = client.Tracer.prototype;
  after(tracer, '_startInternalSpan', (span) =>
    tellSpan({ type: 'start', ...foreignSpan(span as ForeignSpan) }),
  );
  before(client.Span.prototype, 'finish', function () {
    const span = this as ForeignSpan;
    const type = foreignFinished.has(span) ? 'finish-again' : 'finish';
    foreignFinished.add(span);
    tellSpan({ type, ...foreignSpan(span) });
  });
  for (const name of ['setTag', 'addTags', 'log'])
    before(client.Span.prototype, name, function ([written]) {
      const span = this as ForeignSpan;
      if (foreignFinished.has(span))
        tellSpan({ type: 'write-late', keys: keysWritten(written), ...foreignSpan(span) });
      else if (name === 'log') tellSpan({ type: 'log', ...foreignSpan(span) });
    });
  before(tracer, '_report', ([span]) =>
    tellSpan({ type: 'report', ...foreignContext((span as ForeignSpan).context()) }),
  );
  before(tracer, 'close', function () {
    tell({ type: 'close', clientUuid: (this as ForeignTracer)._process?.uuid ?? '' });
  });
  before(tracer, 'inject', tellInjectExchanged);
  before(tracer, 'extract', tellExtractExchanged);
  after(tracer, 'inject', (_, [what, format, carrier]) => {
    const context = isForeignSpan(what) ? what.context() : (what as ForeignContext);
    const keys = keysOf(carrier);
    const of = isMetadata(carrier) && { isMetadata: true };
    tell({ type: 'inject', format: String(format), keys, ...of, ...foreignContext(context) });
  });
  after(tracer, 'extract', (context, [format, carrier]) =>
    tell({
      type: 'extract',
      format: String(format),
      keys: keysOf(carrier),
      ...(isMetadata(carrier) && { isMetadata: true }),
      ...(context !== null &&
        context !== undefined && { context: foreignContext(context as ForeignContext) }),
    }),
  );
}

function isForeignSpan(what: unknown): what is ForeignSpan {
  return typeof (what as ForeignSpan | undefined)?.context === 'function';
}

// --- packages -----------------------------------------------------------------------------------------------------

type TapPackage = (exports: never, tell: (message: TapMessage) => void) => void;
const TAPPED: Readonly<Record<string, TapPackage>> = {
  '@grpc/grpc-js': tapGrpc,
  'client-interceptors': tapClientInterceptors,
  'server-interceptors': tapServerInterceptors,
  opentracing: tapNoop,
  'jaeger-client': tapJaegerClient,
};
const tapped = new Set<unknown>();

/** Packages are tapped when the program loads them, and only then. */
const loader = module as unknown as {
  _load(request: string, parent: { readonly id?: string } | undefined, isMain: boolean): unknown;
};
const load = loader._load;
loader._load = function (this: unknown, request, parent, isMain) {
  const exports = load.call(this, request, parent, isMain);
  const name = nameOf(request, parent?.id);
  if (name !== undefined && !tapped.has(exports)) {
    tapped.add(exports);
    TAPPED[name]?.(exports as never, tell);
  }
  return exports;
};

/** What is loaded, by its key in `TAPPED`: a package, or a file of grpc-js for another of its files. */
function nameOf(request: string, parent = ''): string | undefined {
  const [, file] = /^\.\/((?:client|server)-interceptors)$/.exec(request) ?? [];
  if (file !== undefined) return /@grpc[\\/]grpc-js[\\/]/.test(parent) ? file : undefined;
  return /(?:^|node_modules[\\/])(opentracing|jaeger-client|@grpc[\\/]grpc-js)(?:$|[\\/](?:lib|(?:dist|build)[\\/]src)[\\/]index\.js$)/
    .exec(request)?.[1]
    ?.replace('\\', '/');
}

// --- the network --------------------------------------------------------------------------------------------------

on<{ socket: Socket }>('udp.socket', ({ socket }) => {
  // send(msg[, offset, length][, port][, address][, callback]); a connected socket has no port there.
  before(socket, 'send', ([message, ...rest]) => {
    if (!(message instanceof Uint8Array)) return;
    const values = rest.filter((value) => typeof value !== 'function' && value !== undefined);
    let bytes = message;
    let [port, host] = values;
    if (typeof values[0] === 'number' && typeof values[1] === 'number') {
      bytes = message.subarray(values[0], values[0] + values[1]);
      [port, host] = values.slice(2);
    }
    if (port === undefined) {
      const remote = remoteOf(socket);
      [port, host] = [remote?.port, remote?.address];
    }
    if (port === undefined) return;
    const base64 = Buffer.from(bytes).toString('base64');
    tell({
      type: 'datagram',
      host: String(host ?? '127.0.0.1'),
      port: Number(port),
      bytes: base64,
    });
  });
});

function remoteOf(socket: Socket): AddressInfo | undefined {
  try {
    return socket.remoteAddress();
  } catch {
    return undefined;
  }
}

const bodies = new WeakMap<object, Buffer[]>();
function keep(request: unknown, chunk: unknown): void {
  const outgoing = request as http.ClientRequest;
  if (!/thrift/.test(String(outgoing.getHeader('content-type') ?? ''))) return;
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
  const chunks = bodies.get(outgoing) ?? [];
  chunks.push(Buffer.from(chunk as Uint8Array));
  bodies.set(outgoing, chunks);
}
const clientRequest = http.ClientRequest.prototype;
before(clientRequest, 'write', function ([chunk]) {
  keep(this, chunk);
});
before(clientRequest, 'end', function ([chunk]) {
  // Node's own end calls write for its chunk only inside itself.
  keep(this, chunk);
});

const outgoing = new Set<object>();
const unanswered = new Set<http.ServerResponse>();
/** Looks at which nothing was under way any more, one after the other. */
let quietLooks = 0;
const LOOK_EVERY_MS = 250;
const QUIET_LOOKS = 4;
/** They wait for somebody else; whatever else keeps a program alive may yet lead to an answer. */
const WAITS_FOR_OTHERS = /^(TCPServer|TCPSocket|Pipe|UDP|TTY|PipeServer)(Socket)?Wrap$|^UDPWRAP$/;

function underWay(request: http.ClientRequest): void {
  outgoing.add(request);
  request.once('close', () => outgoing.delete(request));
}

setInterval(() => {
  const isQuiet =
    unanswered.size > 0 &&
    outgoing.size === 0 &&
    process.getActiveResourcesInfo().every((name) => WAITS_FOR_OTHERS.test(name));
  quietLooks = isQuiet ? quietLooks + 1 : 0;
  if (quietLooks === QUIET_LOOKS) tell({ type: 'stuck' });
}, LOOK_EVERY_MS).unref();

// fetch takes its headers when it is called, and sends them a little later.
before(globalThis, 'fetch', ([what]) => {
  const url = what instanceof Request ? what.url : String(what);
  tell({ type: 'call', url });
});

on<{ request: http.ClientRequest }>('http.client.request.start', ({ request }) => {
  const { method, path } = request;
  const url = `${request.protocol}//${request.getHeader('host') ?? request.host}${path}`;
  underWay(request);
  const body = bodies.get(request);
  if (body) {
    tell({ type: 'post', url, bytes: Buffer.concat(body).toString('base64') });
    return;
  }
  tell({ type: 'request', method, url, headers: textOf(request.getHeaders()) });
});
on<{ request: { origin: string; path: string; method: string; headers: unknown } }>(
  'undici:request:create',
  ({ request }) => {
    const { origin, path, method, headers } = request;
    outgoing.add(request);
    tell({ type: 'request', method, url: `${origin}${path}`, headers: undiciHeaders(headers) });
  },
);
for (const end of ['trailers', 'error'])
  on<{ request: object }>(`undici:request:${end}`, ({ request }) => outgoing.delete(request));
on<{ request: http.IncomingMessage; response: http.ServerResponse }>(
  'http.server.request.start',
  ({ request, response }) => {
    unanswered.add(response);
    response.once('close', () => unanswered.delete(response));
    quietLooks = 0;
    tell({
      type: 'serve',
      method: request.method ?? '',
      url: request.url ?? '',
      headers: textOf(request.headers),
    });
  },
);

// When it is called, and not when the bytes have left: the order of the learner's own lines is what counts.
before(http.ServerResponse.prototype, 'end', function () {
  unanswered.delete(this as http.ServerResponse);
  tell({ type: 'answer', status: (this as http.ServerResponse).statusCode });
});

function textOf(headers: http.OutgoingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

/** A text of lines in the undici of Node 20, a list of names and values later. */
function undiciHeaders(headers: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  if (typeof headers === 'string') {
    for (const line of headers.split('\r\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) found[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
  } else if (Array.isArray(headers)) {
    for (let i = 0; i + 1 < headers.length; i += 2)
      found[String(headers[i]).toLowerCase()] = String(headers[i + 1]);
  }
  return found;
}

before(Server.prototype, 'listen', function () {
  const server = this as Server;
  server.once('listening', () => {
    const address = server.address();
    if (typeof address === 'object' && address) tell({ type: 'listen', port: address.port });
  });
});

// --- the end ------------------------------------------------------------------------------------------------------

const exit = process.exit.bind(process);
before(process, 'exit', ([code]) =>
  tell({ type: 'exit', code: Number(code ?? process.exitCode ?? 0) }),
);
// A program that handles no SIGTERM would end by it, and leave no counters.
process.on('SIGTERM', () => {
  if (process.listenerCount('SIGTERM') === 1) exit(TERMINATED_EXIT_CODE);
});
