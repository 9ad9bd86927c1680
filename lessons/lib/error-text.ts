import { errorLine } from '@spoor/platform';
import type { Say } from './i18n/messages.ts';
import { LessonError } from './lesson-error.ts';

/** One line for an error that ends a program: for what carries a code of ours or of the system its own. */
export function errorText(error: unknown, component: string, say: Say): string {
  if (error instanceof LessonError) return error.tell(say);
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string' && !code.startsWith('ERR_')) return errorLine(component, error);
  const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return say('error.unexpected', { reason });
}
