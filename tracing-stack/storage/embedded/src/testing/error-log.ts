import type { Logger } from '@spoor/platform';

/** A logger, and the messages of the errors that it was told. */
export function errorLog(): { readonly logger: Logger; readonly said: string[] } {
  const ignore = () => {};
  const said: string[] = [];
  const error = (fields: object) => void said.push((fields as { err: Error }).err.message);
  return { logger: { debug: ignore, info: ignore, warn: ignore, error }, said };
}
