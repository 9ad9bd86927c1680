import { SERVICE_HEADER } from '@spoor/services';
import { isFree, requireFreePort } from './free-port.ts';
import type { Lesson, LessonService } from './lesson-manifest.ts';

const ANSWER_MS = 2000;

/**
 * Whether the lesson's services run already, as docker-compose.yml starts them: then every one tells its name. If none
 * does, their ports are free; a `LessonError` names whoever else holds one.
 */
export async function areServicesRunning({ services }: Pick<Lesson, 'services'>): Promise<boolean> {
  const held = await Promise.all(services.map(async ({ port }) => !(await isFree(port))));
  if (!held.includes(true)) return false;
  const known = await Promise.all(services.map(tellsItsName));
  if (!known.includes(false)) return true;
  for (const { port, name } of services)
    await requireFreePort(port, (say) => say('port.purpose.service', { service: name }));
  return false;
}

async function tellsItsName({ port, protocol, serviceName }: LessonService): Promise<boolean> {
  if (protocol === 'HTTP') return (await nameOverHttp(port)) === serviceName;
  // Loaded only when it is needed.
  const { servesOverGrpc } = await import('./serves-over-grpc.ts');
  return servesOverGrpc(port, serviceName, ANSWER_MS);
}

/** Asked for no page that it has, so that no span comes of it. */
async function nameOverHttp(port: number): Promise<string | null> {
  try {
    const answer = await fetch(`http://localhost:${port}/`, {
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await answer.body?.cancel();
    return answer.headers.get(SERVICE_HEADER);
  } catch {
    // Whoever it is, it is none of ours.
    return null;
  }
}
