// The two parts of the configuration are joined setting by setting.
import { initTracer, type Tracer, type TracingConfig } from '@spoor/client';

export interface Closer {
  close(): Promise<void>;
}

export const initJaeger = (
  service: string,
  { sampler, reporter, ...rest }: Partial<TracingConfig> = {},
): [Tracer, Closer] => {
  const tracer = initTracer(
    {
      serviceName: service,
      tags: { team: 'lessons' },
      sampler: { type: 'const', param: 1, ...sampler },
      reporter: { logSpans: true, ...(reporter ?? { agentHost: '127.0.0.1', agentPort: 6831 }) },
      ...rest,
    },
    { tags: { build: 7 } },
  );
  return [tracer, { close: async () => tracer.close() }];
};
