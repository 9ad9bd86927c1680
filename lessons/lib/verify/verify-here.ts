import { join } from 'node:path';
import { startOwn } from '../backend.ts';
import type { RuleId } from '../judge/rule-ids.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { USUAL_PORTS } from '../port-table.ts';
import type { VerifyFlags } from './flags.ts';
import { judgeWith, type Row } from './gate.ts';
import { openProgramFolders } from './program-folders.ts';
import { verifyLesson } from './verify-lesson.ts';

/** Holds lessons to their promises on this machine's usual ports. Gives the rules that mistakes were told by. */
export async function verifyHere(
  lessons: readonly Lesson[],
  { quick, update, only }: VerifyFlags,
  onRow: (row: Row) => void,
): Promise<Set<RuleId>> {
  const folders = await openProgramFolders();
  const backend = await startOwn({
    env: {},
    ports: USUAL_PORTS,
    directory: join(folders.root, 'data'),
  });
  const rules = new Set<RuleId>();
  try {
    for (const lesson of lessons) {
      const judge = judgeWith(backend);
      const times = quick ? 1 : 3;
      const gate = await verifyLesson(lesson, { judge, folders, times, update, only, onRow });
      for (const rule of gate.told) rules.add(rule);
    }
  } finally {
    await backend.close();
    await folders.remove();
  }
  return rules;
}
