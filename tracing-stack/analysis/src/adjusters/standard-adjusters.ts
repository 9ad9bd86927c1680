import type { Micros } from '@spoor/model';
import type { Adjuster } from './adjuster.ts';
import { clockSkew } from './clock-skew.ts';
import { deduplicate } from './deduplicate.ts';
import { ipTag } from './ip-tag.ts';
import { libraryTagsToProcess } from './library-tags.ts';
import { parentReferenceFirst, removeInvalidReferences } from './references.ts';
import { separateSharedSpanIds } from './shared-span-ids.ts';
import { sortLogFields } from './sort-log-fields.ts';
import { sortTags } from './sort-tags.ts';

/**
 * What Jaeger's query does to a trace unless asked for it raw, in its order; only deduplication comes earlier here
 * (see there). `maxClockSkew` is in microseconds; 0, Jaeger's default, moves nothing.
 */
export function standardAdjusters(maxClockSkew: Micros = 0): readonly Adjuster[] {
  return [
    deduplicate,
    separateSharedSpanIds,
    clockSkew(maxClockSkew),
    ipTag,
    libraryTagsToProcess,
    sortTags,
    sortLogFields,
    removeInvalidReferences,
    parentReferenceFirst,
  ];
}
