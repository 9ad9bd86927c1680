/** A folder with a build of Jaeger's own UI. It is none of ours, so whoever wants it tested says where one is. */
export interface JaegerUi {
  readonly variable: string;
  readonly directory: string | undefined;
  /** The selector of a trace in its list. */
  readonly resultRow: string;
}

export const JAEGER_UIS: readonly JaegerUi[] = [
  jaegerUi('SPOOR_JAEGER_UI_V1', '.ResultItem'),
  jaegerUi('SPOOR_JAEGER_UI_V2', '.ant-table-row'),
];

export function noJaegerUi(variable: string): string {
  return `no build of Jaeger's own UI: $${variable} names a folder with its index.html`;
}

function jaegerUi(variable: string, resultRow: string): JaegerUi {
  return { variable, directory: process.env[variable] || undefined, resultRow };
}
