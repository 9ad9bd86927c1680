import type { Reporter } from './reporter.ts';

/** Gives each span to all of `reporters`, in their order. */
export function compositeReporter(...reporters: readonly Reporter[]): Reporter {
  return {
    report: (span) => {
      for (const reporter of reporters) reporter.report(span);
    },
    close: async () => {
      await Promise.all(reporters.map((reporter) => reporter.close()));
    },
  };
}
