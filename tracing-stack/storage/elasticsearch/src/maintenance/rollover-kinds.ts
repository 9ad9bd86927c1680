import { prefixed } from '../index-names.ts';
import type { TemplateKind } from '../templates.ts';

export interface RolloverScope {
  readonly prefix: string;
  /** The archive's indices, and no others. */
  readonly archive: boolean;
  readonly skipDependencies: boolean;
}

/** A line of indices that follow one another behind two aliases. */
export interface RolloverKind {
  readonly template: TemplateKind;
  readonly first: string;
  readonly readAlias: string;
  readonly writeAlias: string;
}

export function rolloverKinds({
  prefix,
  archive,
  skipDependencies,
}: RolloverScope): RolloverKind[] {
  if (archive) return [rolloverKind(prefix, 'span', 'jaeger-span-archive')];
  const kinds: TemplateKind[] = ['span', 'service'];
  if (!skipDependencies) kinds.push('dependencies');
  return kinds.map((kind) => rolloverKind(prefix, kind, `jaeger-${kind}`));
}

function rolloverKind(prefix: string, template: TemplateKind, name: string): RolloverKind {
  const base = prefixed(prefix, name);
  return {
    template,
    first: `${base}-000001`,
    readAlias: `${base}-read`,
    writeAlias: `${base}-write`,
  };
}
