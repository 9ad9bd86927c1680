import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AllInOnePorts } from '@spoor/all-in-one';
import type { AgentAddress } from '../agent-address.ts';
import { agentText } from '../agent-address.ts';
import { urlOf } from '../asked-host.ts';
import { holderOf, isFree } from '../free-port.ts';
import type { Say } from '../i18n/messages.ts';
import { LessonError, reasonOf } from '../lesson-error.ts';
import { CHECKOUT, type Lesson } from '../lesson-manifest.ts';
import { stackPorts } from '../port-table.ts';
import { roundTrip } from '../probe.ts';
import { QueryApiError, queryApi } from '../query-api.ts';

/** `blocks`: a lesson would not run; `worth`: it runs, but something is worth knowing. */
export type Weight = 'fine' | 'worth' | 'blocks';

export interface Examined {
  readonly weight: Weight;
  readonly what: string;
  readonly state: string;
}

export interface ExaminedPort extends Examined {
  readonly port: number;
  readonly protocol: string;
}

export interface DoctorReport {
  readonly machine: readonly Examined[];
  readonly ports: readonly ExaminedPort[];
}

export interface DoctorOptions {
  readonly ports: AllInOnePorts;
  readonly agent: AgentAddress;
  readonly lessons: readonly Lesson[];
  readonly say: Say;
  /** `v20.19.0`. */
  readonly nodeVersion?: string;
}

const ANSWER_WITHIN_MS = 2000;
const ROUND_TRIP_MS = 3000;
/** What the agent asks the kernel for, so that a burst of spans finds room until it is read. */
const WANTED_UDP_BYTES = 4 * 1024 * 1024;

/** Looks at all that the lessons need of this machine. Changes nothing, but sends one probe span to a stack that runs. */
export async function examine(options: DoctorOptions): Promise<DoctorReport> {
  const { say, nodeVersion = process.version } = options;
  const stack = await examineStack(options);
  const machine = await Promise.all([
    examineNode(nodeVersion, say),
    examineUi(say),
    stack,
    examineUdpBuffer(say),
  ]);
  return { machine, ports: await examinePorts(options, stack.runs) };
}

async function examineNode(version: string, say: Say): Promise<Examined> {
  const { version: spoor, engines } = JSON.parse(
    await readFile(join(CHECKOUT, 'package.json'), 'utf8'),
  ) as { version: string; engines: { node: string } };
  const wanted = engines.node.replace(/^>=/, '');
  const state = say('doctor.versions', { node: version.replace(/^v/, ''), spoor });
  if (!isOlder(version.replace(/^v/, ''), wanted))
    return { weight: 'fine', what: say('doctor.node'), state };
  const old = say('doctor.nodeOld', { node: version.replace(/^v/, ''), wanted });
  return { weight: 'blocks', what: say('doctor.node'), state: old };
}

/** Compares `20.19.0` with `20.9.1`, number by number. */
export function isOlder(version: string, than: string): boolean {
  const [mine, wanted] = [version, than].map((text) => text.split('.').map(Number));
  for (const [at, number] of (wanted ?? []).entries()) {
    const own = mine?.[at] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}

async function examineUi(say: Say): Promise<Examined> {
  const what = say('doctor.ui');
  return access(join(CHECKOUT, 'tracing-stack/ui/dist/index.html')).then(
    (): Examined => ({ weight: 'fine', what, state: say('doctor.uiBuilt') }),
    (): Examined => ({ weight: 'worth', what, state: say('doctor.uiMissing') }),
  );
}

async function examineStack({
  ports,
  agent,
  say,
}: DoctorOptions): Promise<Examined & { readonly runs: boolean }> {
  const what = say('doctor.stack');
  if (await isFree(ports.queryHttp))
    return { runs: false, weight: 'fine', what, state: say('doctor.noStack') };
  const query = queryApi(urlOf(undefined, ports.queryHttp), ANSWER_WITHIN_MS);
  try {
    await query.services();
    const millis = await roundTrip(agent, query, ROUND_TRIP_MS);
    if (millis !== undefined) {
      const state = say('doctor.stackRuns', { url: query.url, millis });
      return { runs: true, weight: 'fine', what, state };
    }
    const facts = { url: query.url, agent: agentText(agent), seconds: ROUND_TRIP_MS / 1000 };
    return { runs: true, weight: 'blocks', what, state: say('doctor.stackDeaf', facts) };
  } catch (error) {
    if (!(error instanceof QueryApiError || error instanceof LessonError)) throw error;
    const reason = error instanceof QueryApiError ? error.reason : error.tell(say);
    const state = say('doctor.stranger', { url: query.url, reason });
    return { runs: false, weight: 'blocks', what, state };
  }
}

async function examineUdpBuffer(say: Say): Promise<Examined> {
  const what = say('doctor.udp');
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  try {
    socket.setRecvBufferSize(WANTED_UDP_BYTES);
    // Linux tells twice of what it gives: it counts its own bookkeeping.
    const bytes = socket.getRecvBufferSize() / (process.platform === 'linux' ? 2 : 1);
    const facts = { kibibytes: Math.round(bytes / 1024), wanted: WANTED_UDP_BYTES / 1024 };
    if (bytes >= WANTED_UDP_BYTES)
      return { weight: 'fine', what, state: say('doctor.udpFine', facts) };
    return { weight: 'worth', what, state: say('doctor.udpSmall', facts) };
  } catch (error) {
    return { weight: 'worth', what, state: reasonOf(error) };
  } finally {
    socket.close();
  }
}

async function examinePorts(
  { ports, lessons, say }: DoctorOptions,
  stackRuns: boolean,
): Promise<ExaminedPort[]> {
  const stack = stackPorts(ports).map(
    async ({ name, port, protocol, what }): Promise<ExaminedPort> => {
      const at = { port, protocol, what: say(what) };
      const transport = protocol === 'UDP' ? 'udp' : 'tcp';
      if (await isFree(port, transport))
        return { ...at, weight: 'fine', state: say('doctor.free') };
      if (name.endsWith('Admin') && stackRuns) return { ...at, ...(await health(port, say)) };
      const state = say('doctor.held', { holder: (await holderOf(port, transport))(say) });
      // Ports of a stack that runs are held by it, and that it works was tried.
      return { ...at, weight: stackRuns ? 'fine' : 'blocks', state };
    },
  );
  const services = lessons.flatMap(({ number, services: of }) =>
    of.map(async ({ name, port, protocol }): Promise<ExaminedPort> => {
      const at = { port, protocol, what: say('what.lessonService', { number, service: name }) };
      if (await isFree(port)) return { ...at, weight: 'fine', state: say('doctor.free') };
      const state = say('doctor.held', { holder: (await holderOf(port, 'tcp'))(say) });
      return { ...at, weight: 'blocks', state };
    }),
  );
  return Promise.all([...stack, ...services]);
}

async function health(port: number, say: Say): Promise<Pick<Examined, 'weight' | 'state'>> {
  try {
    const { ok, status } = await fetch(urlOf(undefined, port), {
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (ok) return { weight: 'fine', state: say('doctor.healthy') };
    return { weight: 'blocks', state: say('doctor.unhealthy', { reason: `HTTP ${status}` }) };
  } catch (error) {
    return { weight: 'blocks', state: say('doctor.unhealthy', { reason: reasonOf(error) }) };
  }
}
