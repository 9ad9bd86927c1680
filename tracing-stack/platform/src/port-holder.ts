import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

export type PortProtocol = 'tcp' | 'udp';

/** A process that has a port bound. */
export interface PortHolder {
  readonly pid: number;
  /** The command line, cut to a readable length. */
  readonly command: string;
}

const COMMAND_LENGTH = 160;

/** Who has `port` bound on this machine; `undefined` when nobody has, or when we may not look. */
export async function portHolder(
  port: number,
  protocol: PortProtocol,
): Promise<PortHolder | undefined> {
  return process.platform === 'linux'
    ? holderFromProc(port, protocol)
    : holderFromLsof(port, protocol);
}

/** The kernel's socket table gives the socket's inode, and the process is the one with that inode among its files. */
async function holderFromProc(
  port: number,
  protocol: PortProtocol,
): Promise<PortHolder | undefined> {
  const tables = await Promise.all(
    [protocol, `${protocol}6`].map((table) => readOr(`/proc/net/${table}`, '')),
  );
  const inodes = tables.flatMap((table) => boundInodes(table, port, protocol));
  if (inodes.length === 0) return undefined;
  const sockets = new Set(inodes.map((inode) => `socket:[${inode}]`));
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (await holdsAny(pid, sockets)) return { pid: Number(pid), command: await commandOf(pid) };
  }
  return undefined;
}

/** State of a listening TCP socket and of an unconnected UDP one, as `/proc/net` writes them. */
const BOUND_STATE = { tcp: '0A', udp: '07' } as const;

/**
 * Columns of `/proc/net/{tcp,udp}`: `sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode …`, with
 * the local address as `HEXADDRESS:HEXPORT`.
 */
export function boundInodes(table: string, port: number, protocol: PortProtocol): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === BOUND_STATE[protocol])
    .flatMap((columns) => columns[9] ?? []);
}

async function holdsAny(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  // A process of another user, or one that just ended, cannot be looked into.
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(
    files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')),
  );
  return targets.some((target) => sockets.has(target));
}

async function commandOf(pid: string): Promise<string> {
  const [program = '', ...rest] = (await readOr(`/proc/${pid}/cmdline`, '')).split('\0');
  return shorten([basename(program), ...rest].join(' '));
}

/** `-F pc` prints one field a line: `p4242`, `cnode`. */
async function holderFromLsof(
  port: number,
  protocol: PortProtocol,
): Promise<PortHolder | undefined> {
  const which = protocol === 'tcp' ? [`-iTCP:${port}`, '-sTCP:LISTEN'] : [`-iUDP:${port}`];
  const listing = await run('lsof', ['-nP', ...which, '-Fpc']);
  const pid = /^p(\d+)$/m.exec(listing)?.[1];
  if (pid === undefined) return undefined;
  const command =
    (await run('ps', ['-o', 'command=', '-p', pid])) || (/^c(.*)$/m.exec(listing)?.[1] ?? '');
  return { pid: Number(pid), command: shorten(command) };
}

/** What a program printed; nothing if it is not there or found nothing. */
async function run(program: string, args: readonly string[]): Promise<string> {
  return promisify(execFile)(program, args, { timeout: 3000 }).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

function readOr(path: string, otherwise: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => otherwise);
}

function shorten(command: string): string {
  const line = command.trim().replace(/\s+/g, ' ');
  return line.length > COMMAND_LENGTH ? `${line.slice(0, COMMAND_LENGTH - 1)}…` : line;
}
