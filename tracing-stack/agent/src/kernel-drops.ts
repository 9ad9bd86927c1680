import { readFile } from 'node:fs/promises';

/**
 * How many packets the kernel dropped at a UDP port since it was bound, from the last column of `/proc/net/udp{,6}`
 * (`sl local_address … inode ref pointer drops`); `undefined` where there is no such table.
 */
export async function kernelDrops(port: number): Promise<number | undefined> {
  const tables = await Promise.all(
    ['/proc/net/udp', '/proc/net/udp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  return dropsInTable(tables.join('\n'), port);
}

export function dropsInTable(table: string, port: number): number | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const drops = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix))
    .map((columns) => Number(columns[12]));
  return drops.length === 0 ? undefined : drops.reduce((sum, count) => sum + count, 0);
}
