import type { ServiceDefinition } from '@grpc/grpc-js';

/** A service of which the answers of some methods are given as bytes: our own codecs write spans. */
export function withRawAnswers(
  service: ServiceDefinition,
  methods: readonly string[],
): ServiceDefinition {
  const raw = { responseSerialize: (bytes: object) => bytes as Buffer };
  return Object.fromEntries(
    Object.entries(service).map(([name, method]) => [
      name,
      methods.includes(name) ? { ...method, ...raw } : method,
    ]),
  );
}
