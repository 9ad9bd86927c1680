import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from '../lib/judge/bench.ts';
import type { Run } from '../lib/judge/run.ts';
import type { LessonService } from '../lib/lesson-manifest.ts';
import { type Caller, inventCaller } from '../lib/probes/caller.ts';
import { ask, type HttpAnswer } from '../lib/probes/http-request.ts';
import { openHttpStub, type StubbedRequest } from '../lib/probes/http-stub.ts';
import { type Observation, type Watch, watch } from '../lib/probes/watch.ts';

/** The baggage of the lesson, as the finished program sends it. */
export const BAGGAGE = { baggage: '123456789', baggage1: '12345' } as const;

/** What the second service says, and the stub in its place. */
export const ANSWER = 'Jaeger Http Service1';

/** A program that sleeps unscaled takes three seconds for an answer. */
const ANSWER_WITHIN_MS = 10_000;
/** A call that fails fails at once. */
const FAILURE_WITHIN_MS = 5000;
/** What goes on after the answer: unscaled sleeps, at worst. */
const CALM_WITHIN_MS = 4000;
/** Where spans may stay open, as in a program that does not expect a call to fail. */
const CALM_SOON_MS = 1000;
/** How long the body of the stub's answer comes after its head. */
export const STUB_DELAY_MS = 200;
/** Several requests are answered together, so that they are under way at the same time. */
const TOGETHER_WITHIN_MS = 1000;

/** One request of a learner's service to the judge's stub, and what came of it. */
export interface StubbedCall {
  readonly seen: Observation<HttpAnswer>;
  /** `undefined` if none came. */
  readonly request: StubbedRequest | undefined;
  /** How many came; a program may call again. */
  readonly requests: number;
  /** When the stub had sent all of its answer; microseconds since 1970. */
  readonly answeredAt: number;
}

/** One that failed at once. */
export type FailedCall = Omit<StubbedCall, 'answeredAt' | 'requests'> & {
  readonly how: '500' | 'hang-up';
};

/** A request by a caller whom the judge plays. */
export interface PlayedCall {
  readonly caller: Caller;
  readonly seen: Observation<HttpAnswer>;
}

/** Several such requests at the same time. */
export interface PlayedCalls {
  readonly callers: readonly Caller[];
  readonly seen: Observation<readonly HttpAnswer[]>;
}

/** The same, with what came to the stub of it. */
export interface StubbedAtOnce extends PlayedCalls {
  readonly requests: readonly StubbedRequest[];
}

/** The learner's two services, and what can be asked of them. */
export class HttpProbes {
  readonly client: Run;
  readonly service1: Run;
  /** In the order in which a request meets them, with the service that each should report as. */
  readonly programs: readonly { readonly run: Run; readonly service: string }[];
  private readonly bench: Bench;
  private readonly watch: Watch;
  private readonly urls: { readonly client: string; readonly service1: string };
  private readonly stubPort: number;

  private constructor(
    bench: Bench,
    runs: { readonly client: Run; readonly service1: Run },
    services: { readonly client: LessonService; readonly service1: LessonService },
  ) {
    this.bench = bench;
    this.client = runs.client;
    this.service1 = runs.service1;
    this.programs = [
      { run: runs.client, service: services.client.serviceName },
      { run: runs.service1, service: services.service1.serviceName },
    ];
    this.watch = watch(bench, this.runs);
    this.urls = {
      client: `http://localhost:${services.client.port}/http`,
      service1: `http://localhost:${services.service1.port}/httpService1`,
    };
    this.stubPort = services.service1.port;
  }

  get runs(): readonly Run[] {
    return this.programs.map(({ run }) => run);
  }

  static async start(bench: Bench): Promise<HttpProbes> {
    const [client, service1] = bench.lesson.services;
    if (!client || !service1) throw new Error('lesson 3 has two services');
    const start = ({ name, port }: LessonService) =>
      bench.start({ name, file: `${name}.ts`, port });
    const [clientRun, service1Run] = await Promise.all([start(client), start(service1)]);
    const runs = { client: clientRun, service1: service1Run };
    return new HttpProbes(bench, runs, { client, service1 });
  }

  /** A request as a browser sends it. */
  plain(): Promise<Observation<HttpAnswer>> {
    return this.watch.during(() => this.ask(this.urls.client), CALM_WITHIN_MS);
  }

  /** The second service, asked by nobody: which of the two does not answer? */
  plainService1(): Promise<HttpAnswer> {
    return this.ask(this.urls.service1);
  }

  /** The second service, asked by a caller with a trace. */
  async service1Asked(): Promise<PlayedCall> {
    const caller = inventCaller(Object.keys(BAGGAGE));
    const asked = () => this.ask(this.urls.service1, caller.headers);
    return { caller, seen: await this.watch.during(asked, CALM_WITHIN_MS) };
  }

  /** The second service, asked by a caller without a trace. */
  service1AskedUntraced(): Promise<Observation<HttpAnswer>> {
    return this.watch.during(() => this.plainService1(), CALM_WITHIN_MS);
  }

  /** The second service, asked by several callers at once. */
  async service1AskedAtOnce(): Promise<PlayedCalls> {
    return this.askedAtOnce(this.urls.service1, 4, Object.keys(BAGGAGE));
  }

  /** Puts the judge's stub in the place of the second service, for as long as `work` takes. */
  async withStub<Result>(work: (stubbed: Stubbed) => Promise<Result>): Promise<Result> {
    await this.service1.stop();
    const stub = this.bench.owns(await openHttpStub(this.stubPort, () => {}));
    const request = (withinMs: number, calmMs: number) =>
      this.watch.during(() => this.ask(this.urls.client, {}, withinMs), calmMs);
    try {
      return await work({
        call: async () => {
          const from = stub.requests.length;
          let answeredAt: Promise<number> | undefined;
          stub.answer = async (response) => {
            response.setHeader('content-type', 'text/plain').flushHeaders();
            const answered = delay(STUB_DELAY_MS).then(() => Date.now() * 1000);
            // A program may well call twice; the first of its requests is looked at.
            answeredAt ??= answered;
            await answered;
            response.end(ANSWER);
          };
          const seen = await request(ANSWER_WITHIN_MS, CALM_WITHIN_MS);
          const requests = stub.requests.length - from;
          // Who does not wait for the stub may well have answered before it has.
          return {
            seen,
            request: stub.requests[from],
            requests,
            answeredAt: (await answeredAt) ?? 0,
          };
        },
        callsAtOnce: async () => {
          const from = stub.requests.length;
          const together = gate(2, () => this.bench.wait(TOGETHER_WITHIN_MS));
          stub.answer = async (response) => {
            await together();
            response.setHeader('content-type', 'text/plain').end(ANSWER);
          };
          const calls = await this.askedAtOnce(this.urls.client, 2, ['probe']);
          return { ...calls, requests: stub.requests.slice(from) };
        },
        failedCall: async (how) => {
          const from = stub.requests.length;
          stub.answer = (response, { socket }) => {
            if (how === 'hang-up') socket.destroy();
            else response.writeHead(500, { 'content-type': 'text/plain' }).end('broken');
          };
          const seen = await request(FAILURE_WITHIN_MS, CALM_SOON_MS);
          return { how, seen, request: stub.requests[from] };
        },
      });
    } finally {
      await stub.close();
    }
  }

  private ask(
    url: string,
    headers: Readonly<Record<string, string>> = {},
    withinMs = ANSWER_WITHIN_MS,
  ): Promise<HttpAnswer> {
    const began = Date.now();
    const hopeless = new Promise<void>((resolve) => {
      for (const run of this.runs)
        void run
          .tapped('stuck', ({ at }) => at > began, withinMs)
          .then((stuck) => stuck && resolve());
    });
    return ask({ url, headers, withinMs, hopeless }, this.bench);
  }

  private async askedAtOnce(
    url: string,
    count: number,
    keys: readonly string[],
  ): Promise<PlayedCalls> {
    const callers = Array.from({ length: count }, () => inventCaller(keys));
    const asked = () => Promise.all(callers.map(({ headers }) => this.ask(url, headers)));
    return { callers, seen: await this.watch.during(asked, CALM_WITHIN_MS) };
  }
}

/** What can be asked of the first service while the stub stands for the second. */
export interface Stubbed {
  call(): Promise<StubbedCall>;
  /** Two callers with traces at once; their calls come to the stub at the same time, too. */
  callsAtOnce(): Promise<StubbedAtOnce>;
  /** The stub answers 500, or hangs up. */
  failedCall(how: '500' | 'hang-up'): Promise<FailedCall>;
}

/** Lets nobody through until `count` have come, or some time after the first. */
function gate(count: number, wait: () => Promise<void>): () => Promise<void> {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let come = 0;
  return () => {
    come++;
    if (come === 1) void wait().then(open);
    if (come === count) open();
    return opened;
  };
}
