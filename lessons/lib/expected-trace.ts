export {
  compareTrace,
  type DifferingParent as Parent,
  type ExpectedSpan,
  type ExpectedTrace,
  type TraceDifference as Finding,
} from '@spoor/analysis';
