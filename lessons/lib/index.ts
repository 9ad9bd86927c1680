export {
  compareTrace,
  type ExpectedSpan,
  type ExpectedTrace,
  type ObservedSpan,
  type ObservedTrace,
  observedTrace,
  type TraceDifference as Finding,
} from '@spoor/analysis';
export { type Lesson, type LessonService, lessonTitle, loadLesson } from './lesson-manifest.ts';
