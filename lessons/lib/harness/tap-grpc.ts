/**
 * What the tap sees of gRPC: the interceptors that are asked, what they give, and how far each call comes with them.
 * grpc-js offers no place to look at that, so its own functions are wrapped as it loads them.
 */
import type { CallSide, TapMessage } from './tap-event.ts';
import { after, before, replace } from './wrap-method.ts';

type Tell = (message: TapMessage) => void;
type Asked = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Readonly<Record<string, unknown>>;

const CONTEXT_KEY = 'uber-trace-id';

/** Of `@grpc/grpc-js` itself. */
export function tapGrpc(
  { Server, Client, Metadata }: Record<'Server' | 'Client' | 'Metadata', { prototype: object }>,
  tell: Tell,
): void {
  replace(
    Server.prototype,
    'register',
    (register) =>
      function (name, method, ...rest) {
        const told: Asked = function (call, ...args) {
          tell({ type: 'method-called' });
          const [callback, ...others] = args;
          const given =
            typeof callback === 'function'
              ? [tellingAnswer(callback as Asked, tell), ...others]
              : args;
          return (method as Asked).apply(this, [call, ...given]);
        };
        return register.call(this, name, told, ...rest);
      },
  );
  before(Client.prototype, 'close', () => tell({ type: 'client-close' }));
  for (const name of ['set', 'add'])
    before(Metadata.prototype, name, ([key]) => {
      if (String(key).toLowerCase() === CONTEXT_KEY) tell({ type: 'metadata-entry' });
    });
}

function tellingAnswer(callback: Asked, tell: Tell): Asked {
  return (error, ...rest) => {
    tell({ type: 'method-answered', gave: whatAnswers(error) });
    return callback(error, ...rest);
  };
}

/** grpc-js makes a status of whatever is there in the place of the error. */
function whatAnswers(error: unknown) {
  if (!error) return 'reply';
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === undefined && message === undefined ? 'other' : 'error';
}

/** What a client was given, and what a call was. */
interface InterceptorsOfCall {
  readonly clientInterceptors: Asked | readonly Asked[];
  readonly clientInterceptorProviders: readonly Asked[];
  readonly callInterceptors: Asked | readonly Asked[];
  readonly callInterceptorProviders: readonly Asked[];
}

/** Of its file `client-interceptors`. */
export function tapClientInterceptors(
  exports: { InterceptingCall: { prototype: object } },
  tell: Tell,
): void {
  const asked =
    (interceptor: Asked): Asked =>
    (options, nextCall) => {
      const given: unknown[] = [];
      const gave = interceptor(options, (...args: unknown[]) => {
        const call = (nextCall as Asked)(...args);
        given.push(call);
        return call;
      });
      tell({ type: 'interceptor', side: 'client', gave: whatIs(gave, given) });
      return gave;
    };
  const provided =
    (provider: Asked): Asked =>
    (method) => {
      const interceptor = provider(method);
      return typeof interceptor === 'function' ? asked(interceptor as Asked) : interceptor;
    };
  replace(
    exports,
    'getInterceptingCall',
    (getCall) =>
      function (interceptors, ...rest) {
        const of = interceptors as InterceptorsOfCall;
        const all = {
          clientInterceptors: [of.clientInterceptors].flat().map(asked),
          clientInterceptorProviders: of.clientInterceptorProviders.map(provided),
          callInterceptors: [of.callInterceptors].flat().map(asked),
          callInterceptorProviders: of.callInterceptorProviders.map(provided),
        };
        const call = getCall.call(this, all, ...rest);
        if (isCall(call)) tapCall(call, tell);
        return call;
      },
  );
  tapMethods(exports.InterceptingCall, { side: 'client', methods: 'requester' }, tell);
}

/** Of its file `server-interceptors`. */
export function tapServerInterceptors(
  exports: { ServerInterceptingCall: { prototype: object } },
  tell: Tell,
): void {
  const asked =
    (interceptor: Asked): Asked =>
    (method, call) => {
      const gave = interceptor(method, call);
      tell({ type: 'interceptor', side: 'server', gave: whatIs(gave, [call]) });
      return gave;
    };
  replace(
    exports,
    'getServerInterceptingCall',
    (getCall) =>
      function (interceptors, ...rest) {
        return getCall.call(this, (interceptors as readonly Asked[]).map(asked), ...rest);
      },
  );
  tapMethods(exports.ServerInterceptingCall, { side: 'server', methods: 'responder' }, tell);
}

function whatIs(gave: unknown, given: readonly unknown[]) {
  if (given.includes(gave)) return 'given';
  if (isCall(gave)) return 'call';
  return typeof gave === 'function' ? 'function' : 'nothing';
}

function isCall(value: unknown): value is { start: Asked } {
  return typeof (value as { start?: unknown } | null | undefined)?.start === 'function';
}

/** From when a call has started until its caller hears how it ended. */
function tapCall(call: { start: Asked }, tell: Tell): void {
  before(call, 'start', ([, listener]) =>
    before(listener as object, 'onReceiveStatus', () => tell({ type: 'call-over' })),
  );
  // A call that an interceptor threw at never began.
  after(call, 'start', () => tell({ type: 'call-begun' }));
}

let calls = 0;

/** What a call comes to in an interceptor's own methods, and whether they hand it on. */
function tapMethods(
  { prototype }: { prototype: object },
  { side, methods }: { readonly side: CallSide; readonly methods: string },
  tell: Tell,
): void {
  before(prototype, 'start', function () {
    const of: CallMethods = { side, call: ++calls, tell };
    const call = this as Record<string, Methods>;
    call[methods] = telling(call[methods] ?? {}, of);
  });
}

interface CallMethods {
  readonly side: CallSide;
  readonly call: number;
  readonly tell: Tell;
}

/** Those of an interceptor that are handed something to hand on, of either side. */
const HANDS_ON = [
  ...['start', 'sendMessage', 'halfClose', 'cancel', 'sendMetadata', 'sendStatus'],
  ...['onReceiveMetadata', 'onReceiveMessage', 'onReceiveHalfClose', 'onReceiveStatus'],
];

function telling(methods: Methods, of: CallMethods): Methods {
  const told: Record<string, unknown> = {};
  for (const name of HANDS_ON) {
    const method = methods[name];
    if (method === undefined) continue;
    told[name] = typeof method === 'function' ? tellingMethod(name, method as Asked, of) : method;
  }
  const { onCancel } = methods;
  if (typeof onCancel === 'function') told['onCancel'] = tellingCancel(onCancel as Asked, of);
  return told;
}

/** Every method has its `next` last. */
function tellingMethod(method: string, does: Asked, of: CallMethods): Asked {
  const { side, call, tell } = of;
  const told: Asked = function (...args) {
    const next = args.at(-1) as Asked;
    const given = args.at(-2);
    tell({ type: 'handed', side, call, method });
    const tellingNext: Asked = (...on) => {
      if (method !== 'start') tell({ type: 'handed-on', side, call, method });
      else {
        const at = side === 'client' ? 1 : 0;
        const listener = on[at];
        const hears = whoHears(listener, given);
        tell({ type: 'handed-on', side, call, method, ...(side === 'client' && { hears }) });
        if (isOwnListener(listener)) on[at] = telling(listener, of);
      }
      return next(...on);
    };
    return does.apply(this, [...args.slice(0, -1), tellingNext]);
  };
  // By how many arguments its first method takes grpc-js tells a listener of its own from others.
  return Object.defineProperty(told, 'length', { value: does.length });
}

/** It has nothing to hand on. */
function tellingCancel(onCancel: Asked, { side, call, tell }: CallMethods): Asked {
  return function (...args) {
    tell({ type: 'cancel-heard', side, call });
    return onCancel.apply(this, args);
  };
}

function whoHears(listener: unknown, given: unknown) {
  if (listener === given) return 'caller';
  if (listener === undefined || listener === null) return 'missing';
  const { onReceiveStatus } = listener as { onReceiveStatus?: unknown };
  return typeof onReceiveStatus === 'function' ? 'interceptor' : 'nobody';
}

/** Not one of grpc-js, the methods of which have no `next`. */
function isOwnListener(listener: unknown): listener is Methods {
  if (typeof listener !== 'object' || listener === null) return false;
  const { onReceiveMetadata } = listener as { onReceiveMetadata?: unknown };
  return typeof onReceiveMetadata !== 'function' || onReceiveMetadata.length !== 1;
}
