export {
  type JsonValue,
  type ObservedLog,
  type ObservedSpan,
  type ObservedTrace,
  observedTrace,
  type TraceJson,
} from '@spoor/analysis';
