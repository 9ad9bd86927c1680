import { basename } from 'node:path';
import { type CallSide, isTapped, type TapEvent } from '../lib/harness/tap-event.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import { sameId } from '../lib/probes/joined.ts';

// What the tap saw the interceptors do with a call. It words what something else has found: that the call went wrong.

/** The first method that was handed something and has not handed it on. */
export function keptBack({ tap }: Run, side: CallSide): Finding[] {
  const kept = new Map<string, string>();
  for (const event of tap) {
    if (!isTapped(event, 'handed') && !isTapped(event, 'handed-on')) continue;
    if (event.side !== side) continue;
    const { call, method } = event;
    if (event.type === 'handed') kept.set(`${call} ${method}`, method);
    else kept.delete(`${call} ${method}`);
  }
  const [method] = kept.values();
  if (method === undefined) return [];
  const builder = `with${method.charAt(0).toUpperCase()}${method.slice(1)}`;
  const code = HANDING_ON[side][method] ?? 'next();';
  return [{ rule: 'L4-NEXT', params: { file: `${side}-interceptor.ts`, method, builder, code } }];
}

/** How each of an interceptor's methods hands on, where it takes more than `next()`. */
const HANDING_ON: Readonly<Record<CallSide, Readonly<Record<string, string>>>> = {
  client: {
    start: 'next(metadata, listener.build());',
    sendMessage: 'next(message);',
    onReceiveMetadata: 'next(metadata);',
    onReceiveMessage: 'next(message);',
    onReceiveStatus: 'nextStatus(status);',
  },
  server: {
    start: 'next(listener);',
    onReceiveMetadata: 'next(metadata);',
    onReceiveMessage: 'next(message);',
    onReceiveHalfClose: 'callContexts.run(context, next);',
    sendMetadata: 'next(metadata);',
    sendMessage: 'next(message);',
    sendStatus: 'next(sent);',
  },
};

/** An interceptor was asked and gave something that is no call. */
export function gaveNoCall({ tap, file }: Run, side: CallSide): Finding[] {
  const gave = gaveOf(tap, side);
  if (gave !== 'function' && gave !== 'nothing') return [];
  const rule = side === 'client' ? 'L4-CLI-INTERCEPTOR' : 'L4-SRV-INTERCEPTOR';
  const variant = gave === 'function' ? 'FACTORY' : 'NO-CALL';
  return [{ rule, variant, params: { file: basename(file) } }];
}

/** Why an interceptor left no span; `undefined` if none was asked. */
export function whyNoSpan({ tap }: Run, side: CallSide): string | undefined {
  if (gaveOf(tap, side) === 'given') return 'UNCHANGED';
  const isCalled = tap.some((event) => isTapped(event, 'handed') && event.side === side);
  return isCalled ? 'NOT-HANDED-ON' : undefined;
}

/** Why a client's interceptor never heard of the status of its call; `undefined` if it did, or had no listener to ask. */
export function whyUnheard(run: Run): string | undefined {
  const hears = whoHears(run);
  return hears === 'caller' ? 'LISTENER' : hears === 'nobody' ? 'DEAF' : undefined;
}

/** `error` came of a start that handed on no listener. */
export function noListener(run: Run, error: string | number = ''): Finding[] {
  if (whoHears(run) !== 'missing') return [];
  return [{ rule: 'W-CRASH', variant: 'LISTENER', params: { file: basename(run.file), error } }];
}

function whoHears({ tap }: Run) {
  const started = tap.filter((event) => isTapped(event, 'handed-on'));
  return started.find((event) => event.hears !== undefined)?.hears;
}

/** The client, or its tracer, was closed while one of its calls was under way. */
export function closedEarly({ tap, file }: Run): Finding[] {
  let underWay = 0;
  for (const { type } of tap) {
    if (type === 'call-begun') underWay++;
    if (type === 'call-over') underWay--;
    if ((type === 'client-close' || type === 'close') && underWay > 0)
      return [{ rule: 'L4-CLI-AWAIT', params: { file: basename(file) } }];
  }
  return [];
}

/** What a call of a server had come to last when `spanId` was finished: its method, an interceptor's, its cancellation. */
export function finishedBy(tap: readonly TapEvent[], spanId = ''): TapEvent['type'] | undefined {
  const end = tap.findIndex((event) => isTapped(event, 'finish') && sameId(event.spanId, spanId));
  const steps: readonly TapEvent['type'][] = ['method-called', 'handed', 'cancel-heard'];
  return tap.slice(0, Math.max(0, end)).findLast(({ type }) => steps.includes(type))?.type;
}

function gaveOf(tap: readonly TapEvent[], side: CallSide) {
  const asked = tap.filter((event) => isTapped(event, 'interceptor'));
  return asked.find((event) => event.side === side)?.gave;
}
