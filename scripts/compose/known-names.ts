import { ComposeError } from './engine.ts';

/** Compose 1.29 passes over a profile that is not there, and over a service to be scaled. Throws a `ComposeError`. */
export function refuseUnknown(
  what: 'service' | 'profile',
  asked: readonly string[],
  known: readonly string[],
): void {
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new ComposeError(
    `no ${what} ${unknown} in docker-compose.yml; there are ${known.join(', ')}`,
  );
}
