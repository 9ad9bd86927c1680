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
  TAP_FD_VARIABLE,
  type TapMessage,
  type TappedContext,
  type TappedSpan,
} from './tap-event.ts';

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
}

const seen = new WeakSet<OurTracer>();
const finished = new WeakSet<OurSpan>();

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
  if (!seen.has(tracer)) {
    seen.add(tracer);
    before(tracer, 'close', () => tell({ type: 'close', clientUuid: uuidOf(tracer) }));
  }
  before(span, 'finish', () => {
    if (finished.has(span)) tellSpan({ type: 'finish-again', ...ourSpan(message) });
  });
  for (const name of ['setTag', 'addTags', 'log'])
    before(span, name, ([written]) => {
      if (finished.has(span))
        tellSpan({ type: 'write-late', keys: keysWritten(written), ...ourSpan(message) });
    });
  tellSpan({ type: 'start', ...ourSpan(message) });
});
on<OurMessage>('spoor:tracer:finish', (message) => {
  finished.add(message.span);
  tellSpan({ type: 'finish', ...ourSpan(message) });
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
      ...contextOf(context),
    }),
);
on<{ context: OurContext | null; format: unknown }>('spoor:tracer:extract', ({ context, format }) =>
  tell({
    type: 'extract',
    format: String(format),
    ...(context && { context: contextOf(context) }),
  }),
);

/** The key of a tag, or the keys of several or of a log. */
function keysWritten(written: unknown): string[] {
  return typeof written === 'string' ? [written] : keysOf(written);
}

/** Calls `first` before the method, which does what it did. */
function before(
  target: object,
  name: string,
  first: (this: unknown, args: readonly unknown[]) => void,
): void {
  const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
  const told = function (this: unknown, ...args: unknown[]): unknown {
    first.call(this, args);
    return method.apply(this, args);
  };
  Object.defineProperty(target, name, { value: told, configurable: true, writable: true });
}

function keysOf(carrier: unknown): string[] {
  if (typeof carrier !== 'object' || carrier === null) return [];
  if (carrier instanceof Map || carrier instanceof Headers) return [...carrier.keys()].map(String);
  return Object.keys(carrier);
}

// --- opentracing's tracer that does nothing, and npm jaeger-client ------------------------------------------------

/** Of the class itself: tracers that do something override it. */
function tapNoop(opentracing: { Tracer: { prototype: object } }): void {
  before(opentracing.Tracer.prototype, '_startSpan', ([name]) =>
    tell({ type: 'noop-start', operationName: String(name) }),
  );
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
    });
  before(tracer, '_report', ([span]) =>
    tellSpan({ type: 'report', ...foreignContext((span as ForeignSpan).context()) }),
  );
  before(tracer, 'close', function () {
    tell({ type: 'close', clientUuid: (this as ForeignTracer)._process?.uuid ?? '' });
  });
  after(tracer, 'inject', (_, [what, format, carrier]) => {
    const context = isForeignSpan(what) ? what.context() : (what as ForeignContext);
    const keys = keysOf(carrier);
    tell({ type: 'inject', format: String(format), keys, ...foreignContext(context) });
  });
  after(tracer, 'extract', (context, [format]) =>
    tell({
      type: 'extract',
      format: String(format),
      ...(context !== null &&
        context !== undefined && { context: foreignContext(context as ForeignContext) }),
    }),
  );
}

function isForeignSpan(what: unknown): what is ForeignSpan {
  return typeof (what as ForeignSpan | undefined)?.context === 'function';
}

/** Calls `then` with what the method gave. */
function after(
  target: object,
  name: string,
  then: (result: unknown, args: readonly unknown[]) => void,
): void {
  const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
  const told = function (this: unknown, ...args: unknown[]): unknown {
    const result = method.apply(this, args);
    then(result, args);
    return result;
  };
  Object.defineProperty(target, name, { value: told, configurable: true, writable: true });
}

/** That a call went through an interceptor's call, whatever became of it there. */
function tapGrpc(grpc: Record<string, { prototype: object } | undefined>): void {
  for (const [name, side] of [
    ['InterceptingCall', 'client'],
    ['ServerInterceptingCall', 'server'],
  ] as const) {
    const call = grpc[name];
    if (call) before(call.prototype, 'start', () => tell({ type: 'intercepted', side }));
  }
}

const TAPPED: Readonly<Record<string, (exports: never) => void>> = {
  '@grpc/grpc-js': tapGrpc,
  opentracing: tapNoop,
  'jaeger-client': tapJaegerClient,
};
const tapped = new Set<unknown>();

/** Packages are tapped when the program loads them, and only then. */
const loader = module as unknown as {
  _load(request: string, parent: unknown, isMain: boolean): unknown;
};
const load = loader._load;
loader._load = function (this: unknown, request: string, ...rest: [unknown, boolean]): unknown {
  const exports = load.call(this, request, ...rest);
  const name =
    /(?:^|node_modules[\\/])(opentracing|jaeger-client|@grpc[\\/]grpc-js)(?:$|[\\/](?:lib|(?:dist|build)[\\/]src)[\\/]index\.js$)/.exec(
      request,
    )?.[1];
  if (name !== undefined && !tapped.has(exports)) {
    tapped.add(exports);
    TAPPED[name.replace('\\', '/')]?.(exports as never);
  }
  return exports;
};

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
const outgoing = http.ClientRequest.prototype;
before(outgoing, 'write', function ([chunk]) {
  keep(this, chunk);
});
before(outgoing, 'end', function ([chunk]) {
  // Node's own end calls write for its chunk only inside itself.
  keep(this, chunk);
});

// fetch takes its headers when it is called, and sends them a little later.
before(globalThis, 'fetch', ([what]) => {
  const url = what instanceof Request ? what.url : String(what);
  tell({ type: 'call', url });
});

on<{ request: http.ClientRequest }>('http.client.request.start', ({ request }) => {
  const { method, path } = request;
  const url = `${request.protocol}//${request.getHeader('host') ?? request.host}${path}`;
  const body = bodies.get(request);
  if (body) {
    tell({ type: 'post', url, bytes: Buffer.concat(body).toString('base64') });
    return;
  }
  tell({ type: 'request', method, url, headers: textOf(request.getHeaders()) });
});
on<{ request: { origin: string; path: string; method: string; headers: unknown } }>(
  'undici:request:create',
  ({ request: { origin, path, method, headers } }) =>
    tell({ type: 'request', method, url: `${origin}${path}`, headers: undiciHeaders(headers) }),
);
on<{ request: http.IncomingMessage }>('http.server.request.start', ({ request }) =>
  tell({
    type: 'serve',
    method: request.method ?? '',
    url: request.url ?? '',
    headers: textOf(request.headers),
  }),
);

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
