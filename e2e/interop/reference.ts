import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ClientName, Door } from './clients.ts';
import type { Transport } from './peers.ts';
import type { TraceLines } from './trace-lines.ts';

/** What a Jaeger whose every program is v1.62.0 made of the clients' traces, and told them of sampling. */
interface Reference {
  /** By client and door. */
  traces: Record<string, TraceLines>;
  /** By port and path. */
  sampling: Record<string, string>;
}

export const REFERENCE_VERSION = 'v1.62.0';

const FILE = fileURLToPath(new URL('reference.json', import.meta.url));

/** Whether this run writes the reference anew, from a real Jaeger. */
export const RECORDING = process.env['INTEROP_RECORD'] === '1';

const reference: Reference =
  existsSync(FILE) && !RECORDING
    ? (JSON.parse(readFileSync(FILE, 'utf8')) as Reference)
    : { traces: {}, sampling: {} };

/** Each span tells how it came to the collector. */
const FORMAT_LINE = /\.tags\.internal\.span\.format$/;
const FORMATS = { gRPC: 'string "proto"', TChannel: 'string "jaeger"', HTTP: 'string "jaeger"' };

/** What is to be answered of a client's trace that came to the collector in such a way. */
export function expectedTrace(
  client: ClientName,
  door: Door,
  transport: Transport | 'HTTP',
): TraceLines {
  const recorded = reference.traces[`${client} ${door}`];
  if (recorded === undefined) throw new Error(`nothing is recorded of ${client} over ${door}`);
  return Object.fromEntries(
    Object.entries(recorded).map(([name, value]) => [
      name,
      FORMAT_LINE.test(name) ? FORMATS[transport] : value,
    ]),
  );
}

export function expectedSampling(): Readonly<Record<string, string>> {
  return reference.sampling;
}

export function recordTrace(client: ClientName, door: Door, lines: TraceLines): void {
  reference.traces[`${client} ${door}`] = lines;
}

export function recordSampling(lines: Readonly<Record<string, string>>): void {
  reference.sampling = { ...lines };
}

export function writeReference(): void {
  writeFileSync(FILE, `${JSON.stringify(reference, null, 2)}\n`);
}
