import { type Counters, createCounters } from '../counters.ts';
import { complainOnce, type Logger, stdLogger } from '../logger.ts';
import { compositeReporter } from '../reporters/composite-reporter.ts';
import { loggingReporter } from '../reporters/logging-reporter.ts';
import { RemoteReporter } from '../reporters/remote-reporter.ts';
import type { Reporter } from '../reporters/reporter.ts';
import { constSampler } from '../samplers/const-sampler.ts';
import type { Sampler } from '../samplers/sampler.ts';
import { UdpSender } from '../senders/udp-sender.ts';
import { Tracer, type TracerOptions } from '../tracer.ts';
import { agentAddress } from './agent-address.ts';
import { ConfigurationError } from './configuration-error.ts';
import { settingsOf } from './settings.ts';
import type { GoTracingConfig, TracingConfig } from './tracing-config.ts';

export interface InitOptions extends Pick<TracerOptions, 'tags' | 'clock' | 'randomId'> {
  /** Standard error if not given. */
  readonly logger?: Logger | undefined;
  /** Takes the place of the one that the configuration describes. */
  readonly reporter?: Reporter | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** Makes a tracer from Jaeger's configuration object. Throws `ConfigurationError`, whose message is one line. */
export function initTracer(
  config: TracingConfig | GoTracingConfig,
  options: InitOptions = {},
): Tracer {
  const { logger = stdLogger, env = process.env, ...rest } = options;
  const { serviceName, sampler, reporter } = settingsOf('configuration', config);
  if (typeof serviceName !== 'string' || serviceName === '') {
    throw new ConfigurationError('invalid', 'serviceName must be given');
  }
  const counters = createCounters();
  const reporterSettings = settingsOf('reporter', reporter ?? {});
  return new Tracer({
    ...rest,
    serviceName,
    sampler: samplerOf(sampler),
    reporter: options.reporter ?? reporterOf(reporterSettings, { counters, logger, env }),
    counters,
    logger,
  });
}

const SAMPLERS_TO_COME = ['probabilistic', 'ratelimiting', 'remote'];

function samplerOf(given: unknown): Sampler {
  if (!given) {
    const rule = "sampler must be given, as { type: 'const', param: 1 }";
    throw new ConfigurationError(
      'not-built',
      `${rule}: Jaeger's default, remote, is not built yet`,
    );
  }
  const { type, param } = settingsOf('sampler', given);
  const name = String(type ?? '').toLowerCase();
  if (SAMPLERS_TO_COME.includes(name)) {
    throw new ConfigurationError('not-built', `sampler type ${type} is not built yet, only const`);
  }
  if (name !== 'const') {
    throw new ConfigurationError('unknown', `unknown sampler type '${type ?? ''}'`);
  }
  if (Number(param) === 0 || Number(param) === 1) return constSampler(Number(param) === 1);
  throw new ConfigurationError('invalid', `sampler.param of const must be 0 or 1, not ${param}`);
}

interface ReporterParts {
  readonly counters: Counters;
  readonly logger: Logger;
  readonly env: NodeJS.ProcessEnv;
}

function reporterOf(settings: Record<string, unknown>, parts: ReporterParts): Reporter {
  const { counters, logger, env } = parts;
  const { host, port } = agentAddress(settings, env);
  const complain = complainOnce(logger);
  const onRefused = () => {
    counters.refused++;
    complain('refused', `no jaeger-agent listens on UDP ${host}:${port}: spans are lost`);
  };
  const remote = new RemoteReporter({
    sender: new UdpSender({ host, port, onRefused }),
    counters,
    logger,
    flushInterval: flushIntervalOf(settings['flushIntervalMs']),
  });
  if (!settings['logSpans']) return remote;
  logger.info('Initializing logging reporter');
  return compositeReporter(loggingReporter(logger), remote);
}

function flushIntervalOf(given: unknown): number | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'number' && given > 0) return given;
  const rule = 'reporter.flushIntervalMs must be milliseconds';
  throw new ConfigurationError('invalid', `${rule}, not ${given}`);
}
