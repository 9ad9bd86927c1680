import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { watch } from 'chokidar';
import { RULE_IDS } from '../judge/rule-ids.ts';
import type { Verdict } from '../judge/verdict.ts';
import { writeAtomically } from './write-atomically.ts';

// One file a lesson, by which a judge in one terminal tells a lessons page that another one serves.

export async function writeVerdict(
  folder: string,
  lesson: { readonly id: string },
  verdict: Verdict,
): Promise<void> {
  await writeAtomically(fileOf(folder, lesson), `${JSON.stringify(verdict, undefined, 2)}\n`);
}

/** The last verdict of a lesson; `undefined` if there is none, or none that can be read. */
export async function readVerdict(
  folder: string,
  lesson: { readonly id: string },
): Promise<Verdict | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(fileOf(folder, lesson), 'utf8'));
    return isVerdict(value) ? value : undefined;
  } catch (error) {
    // The file is only the last of many: one that is broken is as good as none, and the next replaces it.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export interface VerdictWatch {
  close(): Promise<void>;
}

/** Tells of each file that is written from now on, by its name without the ending: `03-http`. */
export async function watchVerdicts(
  folder: string,
  on: (name: string, there: boolean) => void,
): Promise<VerdictWatch> {
  await mkdir(folder, { recursive: true });
  const watcher = watch(folder, { depth: 0, ignoreInitial: true });
  const tell = (there: boolean) => (path: string) => {
    if (path.endsWith('.json')) on(basename(path, '.json'), there);
  };
  watcher.on('add', tell(true)).on('change', tell(true)).on('unlink', tell(false));
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', resolve).once('error', reject);
  });
  return { close: () => watcher.close() };
}

function fileOf(folder: string, { id }: { readonly id: string }): string {
  return join(folder, `${id}.json`);
}

function isVerdict(value: unknown): value is Verdict {
  if (!isRecord(value)) return false;
  const { lesson, passed, at, took, step, queryUrl, steps, traceIds } = value;
  const { finding, also, warnings } = value;
  return (
    [lesson, at, took].every((each) => typeof each === 'number') &&
    [step, queryUrl].every((each) => typeof each === 'string') &&
    typeof passed === 'boolean' &&
    Array.isArray(steps) &&
    steps.every((each) => isRecord(each) && typeof each['id'] === 'string') &&
    Array.isArray(traceIds) &&
    traceIds.every((each) => typeof each === 'string') &&
    [finding, also].every((each) => each === undefined || isFinding(each)) &&
    Array.isArray(warnings) &&
    warnings.every(isFinding)
  );
}

/** A verdict of another version may name a rule that has no words here. */
function isFinding(value: unknown): boolean {
  return (
    isRecord(value) && RULE_IDS.some((rule) => rule === value['rule']) && isRecord(value['params'])
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
