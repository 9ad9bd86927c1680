import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a fuzzer found: what went wrong, and by which bytes at which door. */
export interface Finding {
  /** Name of a codec or of a door of the stack. */
  readonly door: string;
  readonly what: string;
  /** The one input if it is known which; all of the round otherwise. In base64. */
  readonly inputs: readonly string[];
}

/** Findings that were made once and mended; the suite replays them. */
export const KEPT = new URL('./findings/', import.meta.url).pathname;

/** Writes a finding into a folder, as a file of its own. */
export function saveFinding(folder: string, finding: Finding): string {
  mkdirSync(folder, { recursive: true });
  const number = String(readdirSync(folder).length + 1).padStart(3, '0');
  const name = `${number}-${finding.door.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.json`;
  writeFileSync(join(folder, name), `${JSON.stringify(finding, null, 2)}\n`);
  return name;
}

/** The findings of a folder, by their file's names. */
export function readFindings(folder: string): (Finding & { readonly name: string })[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ ...JSON.parse(readFileSync(join(folder, name), 'utf8')), name }));
}

export function toInput(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
