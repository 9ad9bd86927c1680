export { type CallSpan, callSpan } from './call-span.ts';
export { type Call, type CalledSpan, calledSpans, callsIn } from './calls.ts';
export { countLinks } from './count-links.ts';
export { dependencyLinks } from './dependency-links.ts';
export { LinkCounts } from './link-counts.ts';
