import { text, traceText } from '../../i18n/text.ts';
import { serviceColor } from '../../palette/service-color.ts';
import { ErrorMark, OrphanMark } from '../../shell/icons.tsx';
import { hasError, isOrphan, type TraceModel } from '../trace-model.ts';

interface SpanProps {
  readonly model: TraceModel;
  readonly row: number;
}

export function ServiceName({ model, row }: SpanProps) {
  return (
    <>
      <i class="swatch" style={{ background: serviceColor(model.color[row]) }} />
      {model.serviceName(row) || text().search.noName}
    </>
  );
}

export function OperationName({ model, row }: SpanProps) {
  const { trace } = traceText();
  return (
    <>
      {hasError(model, row) && (
        <span title={trace.hasError}>
          <ErrorMark />
          <span class="visually-hidden">{trace.hasError} </span>
        </span>
      )}
      {isOrphan(model, row) && (
        <span title={text().orphanHint}>
          <OrphanMark />
          <span class="visually-hidden">{trace.isOrphan} </span>
        </span>
      )}
      {model.span(row).operationName || text().search.noName}
    </>
  );
}
