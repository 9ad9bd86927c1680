export {
  compareTrace,
  type ExpectedSpan,
  type ExpectedTrace,
  type Finding,
} from './expected-trace.ts';
export { type Lesson, type LessonService, lessonTitle, loadLesson } from './lesson-manifest.ts';
export { type ObservedSpan, type ObservedTrace, observedTrace } from './observed-trace.ts';
