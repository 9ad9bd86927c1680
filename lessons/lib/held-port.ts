import type { PortHolder } from '@spoor/platform';
import type { Say } from './i18n/messages.ts';
import { LessonError } from './lesson-error.ts';

/** The line for a port that somebody else has. `purpose` ends it: what the port is for, or what can be done. */
export function portHeldError(
  port: number,
  holder: PortHolder | undefined,
  purpose: (say: Say) => string,
  options?: ErrorOptions,
): LessonError {
  const tell = (say: Say) =>
    say('port.held', { port, holder: holderText(holder, say), purpose: purpose(say) });
  return new LessonError(tell, options);
}

/** `pid 4242 (node server.js)` */
export function holderText(holder: PortHolder | undefined, say: Say): string {
  if (!holder) return say('port.holder.unknown');
  return say('port.holder', { pid: holder.pid, command: holder.command });
}
