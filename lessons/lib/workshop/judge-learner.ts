import { LessonError } from '../lesson-error.ts';
import type { LessonsServerOptions } from '../server/lessons-server.ts';

/** What the lessons page needs of the judge. */
export function judging(): Pick<LessonsServerOptions, 'check' | 'sayFinding' | 'ruleTemplates'> {
  return {
    check: async () => {
      throw new LessonError((say) => say('judge.none'));
    },
    sayFinding: ({ rule }) => ({ title: rule, why: '', hints: [] }),
    ruleTemplates: () => ({}),
  };
}
