import { fstatSync, writeSync } from 'node:fs';
import type { Counters } from './counters.ts';
import type { Logger } from './logger.ts';
import type { Tracer } from './tracer.ts';

/** The variable that names the file descriptor on which a process tells at its exit what its tracers did. */
export const COUNTERS_FD_VARIABLE = 'SPOOR_COUNTERS_FD';

/** A line of JSON on that descriptor: one for each tracer. */
export interface CountersLine {
  readonly service: string;
  /** The process tag `client-uuid`, which is another for each tracer. */
  readonly clientUuid: string;
  readonly counters: Readonly<Counters>;
}

interface Offer {
  readonly tracer: Pick<Tracer, 'process' | 'counters'>;
  readonly logger: Logger;
  readonly env: NodeJS.ProcessEnv;
}

const offers: (Omit<Offer, 'env'> & { readonly fd: number })[] = [];

/**
 * Writes a tracer's counters at the process's exit, if the environment names a pipe for them: evidence for whoever
 * started the program. A signal that nobody handles ends a process without it.
 */
export function offerCounters({ tracer, logger, env }: Offer): void {
  const text = env[COUNTERS_FD_VARIABLE];
  if (!text) return;
  const fd = Number(text);
  if (!isPipe(fd)) {
    logger.error(`[client] ${COUNTERS_FD_VARIABLE} names no pipe: '${text}'`);
    return;
  }
  if (offers.length === 0) process.once('exit', writeAll);
  offers.push({ tracer, logger, fd });
}

function writeAll(): void {
  for (const { tracer, logger, fd } of offers) {
    try {
      writeSync(fd, `${JSON.stringify(lineOf(tracer))}\n`);
    } catch (error) {
      logger.error(`[client] counters were not written to descriptor ${fd}: ${error}`);
    }
  }
}

function lineOf({ process, counters }: Offer['tracer']): CountersLine {
  const uuid = process.tags.find(({ key }) => key === 'client-uuid');
  return { service: process.serviceName, clientUuid: String(uuid?.value), counters };
}

/** Also a program that merely inherits the variable has some descriptor of that number: often a file, or epoll. */
function isPipe(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    return stats.isFIFO() || stats.isSocket();
  } catch {
    return false;
  }
}
