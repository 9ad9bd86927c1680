import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The programs of a Jaeger, by the end of their names: `jaeger-agent` and so on. */
export type Component = 'agent' | 'collector' | 'query' | 'all-in-one' | 'remote-storage';

/** How an agent hands spans to a collector. */
export type Transport = 'gRPC' | 'TChannel';

/** A folder of executables that make up one Jaeger, whoever wrote it. */
export interface Peer {
  readonly folder: string;
  /** As the programs tell it: `v1.62.0`, or `spoor 0.1.0`. */
  readonly version: string;
  /** The names of a component's flags, without dashes; `undefined` if this Jaeger has no such program. */
  readonly flags: Readonly<Partial<Record<Component, ReadonlySet<string>>>>;
}

const COMPONENTS: readonly Component[] = [
  'agent',
  'collector',
  'query',
  'all-in-one',
  'remote-storage',
];
const NEEDED: readonly Component[] = ['agent', 'collector', 'query', 'all-in-one'];

/** Asks the programs in a folder who they are and what they can be told. Throws if one that every Jaeger has is missing. */
export async function readPeer(folder: string): Promise<Peer> {
  const flags: Partial<Record<Component, ReadonlySet<string>>> = {};
  for (const component of COMPONENTS) {
    const program = join(folder, `jaeger-${component}`);
    if (existsSync(program)) flags[component] = flagsIn(await told(program, '--help'));
    else if (NEEDED.includes(component)) throw new Error(`there is no ${program}`);
  }
  return { folder, flags, version: versionIn(await told(join(folder, 'jaeger-agent'), 'version')) };
}

/** Jaeger's programs speak on both streams. */
async function told(program: string, argument: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(program, [argument]);
  return `${stdout}\n${stderr}`;
}

function flagsIn(help: string): ReadonlySet<string> {
  return new Set(Array.from(help.matchAll(/^ +--([\w.-]+)/gm), ([, name = '']) => name));
}

/** Jaeger prints JSON, whose `gitVersion` is empty unless it was given to the linker. */
function versionIn(text: string): string {
  const [, jaeger] = /"gitVersion":"([^"]+)"/i.exec(text) ?? [];
  const [, spoor] = /^spoor \S+ (\S+)$/m.exec(text) ?? [];
  return jaeger ?? (spoor ? `Spoor ${spoor}` : 'of unknown version');
}

/** Whether this Jaeger's agent, or its collector, can be on one end of such a connection. */
export function speaks(
  peer: Peer,
  component: 'agent' | 'collector',
  transport: Transport,
): boolean {
  if (transport === 'gRPC') return true;
  const flag = component === 'agent' ? 'reporter.tchannel.host-port' : 'collector.port';
  return peer.flags[component]?.has(flag) ?? false;
}

/** 62 of `v1.62.0`; above all for what does not say. */
export function minorOf({ version }: Peer): number {
  const [, minor] = /^v1\.(\d+)/.exec(version) ?? [];
  return minor === undefined ? Number.POSITIVE_INFINITY : Number(minor);
}
