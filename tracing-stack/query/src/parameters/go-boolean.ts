import { goParseError } from './go-errors.ts';

const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** Go's `strconv.ParseBool`. */
export function parseGoBoolean(text: string): boolean {
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw goParseError('ParseBool', text, 'invalid syntax');
}

/** Whether the text is one that Go reads as true; what is no boolean counts as false, as Jaeger takes `raw`. */
export function isGoTrue(text: string): boolean {
  return TRUE.has(text);
}
