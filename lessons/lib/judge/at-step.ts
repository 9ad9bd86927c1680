import type { StepFinding } from './lesson-check.ts';
import type { Finding } from './verdict.ts';

/** Findings that all belong to one step of their lesson. */
export function atStep(step: string, findings: readonly Finding[]): StepFinding[] {
  return findings.map((finding) => ({ ...finding, step }));
}
