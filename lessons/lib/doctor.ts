import type { AllInOnePorts } from '@spoor/all-in-one';
import { urlOf } from './asked-host.ts';
import { holderOf, isFree } from './free-port.ts';
import type { Say } from './i18n/messages.ts';
import { reasonOf } from './lesson-error.ts';
import type { Lesson } from './lesson-manifest.ts';
import { stackPorts } from './port-table.ts';
import { table } from './terminal-text.ts';

/** Which of the stack's ports answer health checks. */
const HEALTH: ReadonlySet<keyof AllInOnePorts> = new Set([
  'agentAdmin',
  'collectorAdmin',
  'queryAdmin',
]);
const HEALTH_WITHIN_MS = 2000;

/** A table of the ports of a running stack and of the lessons: what each is for and how it does. */
export async function doctorTable(
  ports: AllInOnePorts,
  hosts: Partial<Record<keyof AllInOnePorts, string>>,
  lessons: readonly Lesson[],
  say: Say,
): Promise<string[]> {
  const head = [
    say('doctor.port'),
    say('doctor.protocol'),
    say('doctor.what'),
    say('doctor.state'),
  ];
  const stack = stackPorts(ports).map(async ({ name, port, protocol, what }) => [
    `:${port}`,
    protocol,
    say(what),
    HEALTH.has(name) ? await health(urlOf(hosts[name], port), say) : say('doctor.listening'),
  ]);
  const services = lessons.flatMap(({ number, services }) =>
    services.map(async ({ name, port, protocol }) => [
      `:${port}`,
      protocol,
      say('what.lessonService', { number, service: name }),
      await freeOrHeld(port, say),
    ]),
  );
  return table([head, ...(await Promise.all([...stack, ...services]))]);
}

async function health(url: string, say: Say): Promise<string> {
  try {
    const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(HEALTH_WITHIN_MS) });
    return ok ? say('doctor.healthy') : say('doctor.unhealthy', { reason: `HTTP ${status}` });
  } catch (error) {
    return say('doctor.unhealthy', { reason: reasonOf(error) });
  }
}

async function freeOrHeld(port: number, say: Say): Promise<string> {
  if (await isFree(port)) return say('doctor.free');
  return say('doctor.held', { holder: (await holderOf(port, 'tcp'))(say) });
}
