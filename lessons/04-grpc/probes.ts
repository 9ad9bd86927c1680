import type { Bench } from '../lib/judge/bench.ts';
import type { Program, Run } from '../lib/judge/run.ts';
import { type LessonCommand, type LessonService, programOf } from '../lib/lesson-manifest.ts';
import { type Caller, inventCaller } from '../lib/probes/caller.ts';
import { type Greeting, greet } from '../lib/probes/grpc-call.ts';
import { openGrpcStub, type StubbedGreeting } from '../lib/probes/grpc-stub.ts';
import { type Observation, type Watch, watch } from '../lib/probes/watch.ts';

/** The baggage of the lesson, as the finished program sends it. */
export const BAGGAGE = { baggage: 'gRPC-Baggage' } as const;
/** The name for which the server answers with an error. */
const FAILING_NAME = 'boom';

const ANSWER_WITHIN_MS = 10_000;
const CALM_WITHIN_MS = 1000;
/** What a caller has left in its metadata that is no business of a tracer's. */
export const LEFT = { 'x-request-id': 'spoor-4711' } as const;
/** How long the message of a call comes after its metadata, and the end of the request after the message. */
export const PART_DELAY_MS = 200;
/** How long a method that is held up takes. */
export const METHOD_TAKES_MS = 200;
/** The same, of a call that is given up meanwhile. It is over before the judge has waited for it. */
const GIVEN_UP_TAKES_MS = 500;
/** A call has come to the method by then, or never does. */
const CALL_WITHIN_MS = 1000;
/** A program that breaks has ended by then. */
const END_WITHIN_MS = 2000;
/** How long the stub takes for its answer. */
export const STUB_DELAY_MS = 200;

/** Neither INTERNAL nor OK. */
export const OTHER_STATUS = { code: 14, name: 'UNAVAILABLE' } as const;

/** The learner's client, run once. */
export interface ClientCall {
  readonly run: Run;
  readonly seen: Observation<unknown>;
}

/** The same, against the judge's stub. */
export interface StubbedCall extends ClientCall {
  /** Those that came of it and were answered: one, of a client that calls once. */
  readonly calls: readonly StubbedGreeting[];
  /** Those that the stub let end with `OTHER_STATUS`. */
  readonly failed: readonly StubbedGreeting[];
  /** Calls that greeted nobody whom the judge named: this client's or another's. */
  readonly others: number;
}

/** The learner's server, called by several callers at once whom the judge plays. */
export interface PlayedCalls {
  readonly callers: readonly Caller[];
  readonly names: readonly string[];
  readonly seen: Observation<readonly Greeting[]>;
}

/** The learner's server and client, and what can be asked of them. */
export class GrpcProbes {
  readonly server: Run;
  readonly services: { readonly client: string; readonly server: string };
  /** Of the client and the server; those of the client come one by one. */
  readonly runs: Run[];
  private readonly bench: Bench;
  private readonly program: LessonCommand;
  private readonly port: number;
  private readonly watch: Watch;

  private constructor(bench: Bench, server: Run, program: LessonCommand, service: LessonService) {
    this.bench = bench;
    this.server = server;
    this.program = program;
    this.port = service.port;
    this.services = { client: program.serviceName, server: service.serviceName };
    this.runs = [server];
    this.watch = watch(bench, this.runs);
  }

  static async start(bench: Bench): Promise<GrpcProbes> {
    const [service] = bench.lesson.services;
    const program = programOf(bench.lesson);
    if (!service || !program) throw new Error('lesson 4 has a server and a client');
    const { name, port } = service;
    const server = await bench.start({ name, file: `${name}.ts`, port, imports: [SLOW_METHOD] });
    return new GrpcProbes(bench, server, program, service);
  }

  /** The learner's client calls the learner's server. */
  call(name = 'World'): Promise<ClientCall> {
    return this.clientCall(name);
  }

  /** The same, with a name for which the server answers with an error. */
  failedCall(): Promise<ClientCall> {
    return this.clientCall(FAILING_NAME);
  }

  /** The learner's server, called by somebody without a trace: which of the two does not work? */
  async plainCall(): Promise<Greeting> {
    return greet({ ...this.greeting('World', {}), partAfterMs: 0 }, this.bench);
  }

  /** The learner's server, called by `count` callers at once; each sends the parts of its request one after another. */
  async serverCalled(count: number): Promise<PlayedCalls> {
    const callers = Array.from({ length: count }, () => inventCaller(Object.keys(BAGGAGE)));
    const names = callers.map(({ spanId }) => `Ada-${spanId.slice(0, 6)}`);
    const called = () =>
      Promise.all(
        callers.map(({ headers }, at) =>
          greet(this.greeting(names[at] ?? '', headers), this.bench),
        ),
      );
    return { callers, names, seen: await this.watch.during(called, CALM_WITHIN_MS) };
  }

  /** The learner's server, called by somebody without a trace. */
  serverCalledUntraced(): Promise<Observation<Greeting>> {
    const called = async () => {
      const greeting = await greet({ ...this.greeting('World', {}), partAfterMs: 0 }, this.bench);
      // A connection breaks before it is known that the program behind it has ended, and why.
      if (greeting.answer.kind === 'failed')
        await Promise.race([this.server.ended, this.bench.wait(END_WITHIN_MS)]);
      return greeting;
    };
    return this.watch.during(called, CALM_WITHIN_MS);
  }

  /** The same, by a caller with a trace, and its method takes its time. */
  serverCalledSlowly(): Promise<PlayedCalls> {
    return this.heldCall(METHOD_TAKES_MS);
  }

  /** The same, and the caller gives up while the method is at work. */
  serverCancelled(): Promise<PlayedCalls> {
    const began = Date.now();
    const givesUp = new AbortController();
    const isCalled = this.server.tapped('method-called', ({ at }) => at >= began, CALL_WITHIN_MS);
    void isCalled.then(() => givesUp.abort());
    return this.heldCall(GIVEN_UP_TAKES_MS, givesUp.signal);
  }

  private async heldCall(takes: number, signal?: AbortSignal): Promise<PlayedCalls> {
    const caller = inventCaller(Object.keys(BAGGAGE));
    const name = 'Ada';
    const metadata = { ...caller.headers, 'spoor-method-takes': `${takes}` };
    const options = { ...this.greeting(name, metadata), partAfterMs: 0, ...(signal && { signal }) };
    const called = async () => [await greet(options, this.bench)];
    return {
      callers: [caller],
      names: [name],
      seen: await this.watch.during(called, CALM_WITHIN_MS),
    };
  }

  /**
   * Puts the judge's stub in the place of the learner's server and runs the client against it: once as it is, and once
   * with two calls, of which one fails, and with metadata that somebody has left there.
   */
  async clientAgainstStub(left: Caller): Promise<{ call: StubbedCall; withLeft: StubbedCall }> {
    await this.server.stop();
    const failing = { name: 'Nobody', code: OTHER_STATUS.code };
    const stub = this.bench.owns(await openGrpcStub(this.port, STUB_DELAY_MS, failing));
    const names = ['Grace', 'Edith'] as const;
    const presets = [{}, presetting(left, failing.name)] as const;
    try {
      // Two processes: what each of them sent is told by its tracer.
      const runs = await Promise.all(names.map((name, at) => this.client(name, presets[at])));
      const seen = await this.watch.during(
        () => Promise.all(runs.map((run) => run.finish())),
        CALM_WITHIN_MS,
      );
      const stubbed = (at: 0 | 1): StubbedCall => ({
        run: runs[at] as Run,
        seen,
        calls: stub.calls.filter(({ name }) => name === names[at]),
        failed: at === 1 ? stub.failed : [],
        others: stub.calls.filter(({ name }) => !names.some((known) => known === name)).length,
      });
      return { call: stubbed(0), withLeft: stubbed(1) };
    } finally {
      stub.close();
    }
  }

  private async clientCall(name: string): Promise<ClientCall> {
    const run = await this.client(name);
    return { run, seen: await this.watch.during(() => run.finish(), CALM_WITHIN_MS) };
  }

  private async client(
    argument: string,
    more: Pick<Program, 'env' | 'imports'> = {},
  ): Promise<Run> {
    const { name } = this.program;
    const run = await this.bench.start({ name, file: `${name}.ts`, args: [argument], ...more });
    this.runs.push(run);
    return run;
  }

  private greeting(name: string, metadata: Readonly<Record<string, string>>) {
    const { port } = this;
    return {
      port,
      name,
      metadata,
      partAfterMs: PART_DELAY_MS,
      withinMs: ANSWER_WITHIN_MS,
    };
  }
}

const SLOW_METHOD = new URL('../lib/probes/slow-method.mjs', import.meta.url).href;
const PRESET = new URL('../lib/probes/preset-metadata.mjs', import.meta.url).href;

/** Has a client's calls begin with metadata of another caller, and the client make one more: it greets `name`. */
function presetting({ headers }: Caller, name: string): Pick<Program, 'env' | 'imports'> {
  return {
    imports: [PRESET],
    env: {
      SPOOR_PRESET_METADATA: JSON.stringify({ ...headers, ...LEFT }),
      SPOOR_ANOTHER_CALL: JSON.stringify({ method: 'SayHello', request: { name } }),
    },
  };
}
