import type { ServiceDefinition } from '@grpc/grpc-js';
import { load } from '@grpc/proto-loader';
import { PROTO_DIRECTORY } from '../program-files.ts';

const LOAD_OPTIONS = {
  includeDirs: [PROTO_DIRECTORY],
  longs: String,
  enums: String,
  defaults: true,
};

/**
 * The services that a file of `protos/` defines, by their full names. In their messages an int64 is a decimal text, an
 * enum its name, bytes a `Buffer`; what was not sent has its default, but for what is `optional` or a message.
 */
export async function loadServices(
  file: string,
): Promise<Readonly<Record<string, ServiceDefinition>>> {
  const definitions = await load(file, LOAD_OPTIONS);
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

/** What files of `protos/` define, each part a `google.protobuf.FileDescriptorProto`. */
export async function loadDescriptors(files: readonly string[]): Promise<readonly Uint8Array[]> {
  const definitions = Object.values(await load([...files], { ...LOAD_OPTIONS, keepCase: true }));
  const types = definitions.filter((definition) => 'fileDescriptorProtos' in definition);
  // Every type of what is loaded together comes with all of it.
  return (types[0]?.fileDescriptorProtos ?? []) as readonly Uint8Array[];
}
