import type { ServiceDefinition } from '@grpc/grpc-js';
import { load } from '@grpc/proto-loader';
import { PROTO_DIRECTORY } from '../program-files.ts';

/**
 * The services that a file of `protos/` defines, by their full names. In their messages an int64 is a decimal text, an
 * enum its name, bytes a `Buffer`; what was not sent has its default, but for what is `optional` or a message.
 */
export async function loadServices(
  file: string,
): Promise<Readonly<Record<string, ServiceDefinition>>> {
  const definitions = await load(file, {
    includeDirs: [PROTO_DIRECTORY],
    longs: String,
    enums: String,
    defaults: true,
  });
  return Object.fromEntries(
    Object.entries(definitions).filter(([, definition]) => !('format' in definition)),
  ) as Record<string, ServiceDefinition>;
}

/** One service of a file, which must be there. */
export async function loadService(file: string, name: string): Promise<ServiceDefinition> {
  const service = (await loadServices(file))[name];
  if (service === undefined) throw new Error(`${file} has no service ${name}`);
  return service;
}
