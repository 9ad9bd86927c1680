/** The process in which `client.ts` measures one tracer: `client-run.ts CONTESTANT PORT SPANS`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Contestant, type ContestantName, contestant } from './client-contestants.ts';

export interface ClientReport {
  /** How many spans were finished, those of warming up among them. */
  readonly finished: number;
  /** User and system, of the whole process: for a span on its whole way, and for one inject and one extract. */
  readonly spanMicros: number;
  readonly injectMicros: number;
  readonly extractMicros: number;
}

const [name, port, spans] = process.argv.slice(2);
const subject = contestant(name as ContestantName, Number(port));

const SPANS_A_TRACE = 10;
/** Few enough that no socket's buffer is full before the receiver has read. */
const SPANS_A_ROUND = 200;

let finished = 0;

/** The CPU of what `work` does, without the pauses between rounds. */
async function cpuOf(work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

async function reportSpans(count: number): Promise<number> {
  let micros = 0;
  for (let done = 0; done < count; done += SPANS_A_ROUND) {
    micros += await cpuOf(async () => {
      for (let i = 0; i < SPANS_A_ROUND; i += SPANS_A_TRACE) subject.trace(SPANS_A_TRACE);
      await subject.flush();
    });
    finished += SPANS_A_ROUND;
    await sleep(2);
  }
  return micros;
}

/** As a request has them, with those of the tracer in their midst. */
function requestHeaders({ inject }: Contestant): Record<string, string> {
  const headers: Record<string, string> = {
    host: 'localhost:2334',
    connection: 'keep-alive',
    accept: '*/*',
    'accept-language': '*',
  };
  inject(headers);
  return { ...headers, 'user-agent': 'node', 'accept-encoding': 'gzip, deflate' };
}

const carried = requestHeaders(subject);
const injects = (count: number) => () => {
  for (let i = 0; i < count; i++) subject.inject({});
};
const extracts = (count: number) => () => {
  for (let i = 0; i < count; i++) {
    if (!subject.extract(carried)) throw new Error('no context was found');
  }
};

const COUNT = Number(spans);
await reportSpans(COUNT / 4);
await cpuOf(injects(COUNT));
await cpuOf(extracts(COUNT));
const report: ClientReport = {
  spanMicros: (await reportSpans(COUNT)) / COUNT,
  injectMicros: (await cpuOf(injects(5 * COUNT))) / (5 * COUNT),
  extractMicros: (await cpuOf(extracts(5 * COUNT))) / (5 * COUNT),
  finished,
};
process.send?.(report, () => process.exit());
