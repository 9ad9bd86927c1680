import { requireFreePort } from '../free-port.ts';
import { LessonError } from '../lesson-error.ts';
import {
  endingText,
  type LessonProcess,
  type ProcessCommand,
  startProcess,
} from './lesson-process.ts';
import { takesConnections } from './takes-connections.ts';

export interface ServiceCommand extends ProcessCommand {
  /** By which messages call it: `http-client`. */
  readonly name: string;
  readonly port: number;
}

/** A program that runs until it is stopped. */
export interface ServiceProcess extends LessonProcess {
  /** Resolves once its port takes connections. */
  listening(): Promise<void>;
  /** Never resolves; rejects with a `LessonError` if the process ends before `stop`. */
  readonly died: Promise<never>;
}

const CONNECT_EVERY_MS = 25;
const LISTEN_WITHIN_MS = 60_000;

/** Starts one of a lesson's services. */
export function startService(command: ServiceCommand): ServiceProcess {
  const { name: service, port } = command;
  const process = startProcess(command);
  const died = process.ended.then(async (ending): Promise<never> => {
    // Whoever took it in the same moment is told by name; the service itself cannot know.
    await requireFreePort(port, (say) => say('port.purpose.service', { service }));
    throw new LessonError((say) => say('service.died', { service, how: endingText(ending, say) }));
  });
  // Whoever waits for it hears of it; a death that comes while nobody waits is no unhandled rejection.
  died.catch(() => {});
  return {
    ...process,
    died,
    listening: () => Promise.race([died, listening(service, port)]),
  };
}

async function listening(service: string, port: number): Promise<void> {
  const deadline = Date.now() + LISTEN_WITHIN_MS;
  while (!(await takesConnections(port))) {
    if (Date.now() > deadline)
      throw new LessonError((say) =>
        say('service.notListening', { service, port, seconds: LISTEN_WITHIN_MS / 1000 }),
      );
    await new Promise((resolve) => setTimeout(resolve, CONNECT_EVERY_MS));
  }
}
