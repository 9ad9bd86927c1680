// Lesson 1's tracing.ts, finished: all lessons make their tracers with it.
export { type Closer, initJaeger } from '@spoor/services';
