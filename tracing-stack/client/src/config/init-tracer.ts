import { channel } from 'node:diagnostics_channel';
import { createCounters } from '../counters.ts';
import { offerCounters } from '../counters-on-exit.ts';
import { type Logger, stdLogger } from '../logger.ts';
import { noopReporter } from '../reporters/noop-reporter.ts';
import { constSampler } from '../samplers/const-sampler.ts';
import type { FetchText } from '../samplers/remote-sampler.ts';
import { Tracer, type TracerOptions } from '../tracer.ts';
import { restrictionsOf, throttlerOf } from './agent-services.ts';
import { ConfigurationError } from './configuration-error.ts';
import { IGNORED_VARIABLES } from './environment.ts';
import { headerNamesOf, propagationOf } from './propagation-config.ts';
import { reporterOf } from './reporter-config.ts';
import { samplerOf } from './sampler-config.ts';
import { countOf, flagOf, textOf } from './setting-values.ts';
import { type Section, type Settings, settingsOf } from './settings.ts';
import { tagsOf } from './tags-config.ts';
import type { GoTracingConfig, TracingConfig } from './tracing-config.ts';

/** On this is told why no tracer was made: whoever catches the error may go on without one. */
const refused = channel('spoor:tracer:refused');

/** What of a tracer no configuration file can say. Whatever is given goes before the configuration. */
export interface InitOptions extends Partial<Omit<TracerOptions, 'serviceName' | 'counters'>> {
  /** How a remote sampler asks; over node:http if not given. */
  readonly fetch?: FetchText | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/**
 * Makes a tracer from Jaeger's configuration object, and from the `JAEGER_*` variables what the object leaves open.
 * Throws `ConfigurationError`, whose message is one line.
 */
export function initTracer(
  config: TracingConfig | GoTracingConfig = {},
  options: InitOptions = {},
): Tracer {
  try {
    return tracerOf(config, options);
  } catch (error) {
    if (refused.hasSubscribers) refused.publish({ error });
    throw error;
  }
}

function tracerOf(config: TracingConfig | GoTracingConfig, options: InitOptions): Tracer {
  const { logger = stdLogger, env = process.env, fetch, ...given } = options;
  const settings = settingsOf('configuration', config, env);
  for (const name of IGNORED_VARIABLES) {
    if (env[name]) logger.info(`[client] ${name} has no effect here`);
  }
  if (flagOf(settings.get('disabled'))) return disabledTracer(settings, logger);
  const serviceName = textOf(settings.get('serviceName'));
  if (!serviceName) throw new ConfigurationError('invalid', 'serviceName must be given');
  const counters = createCounters();
  const section = (name: Exclude<Section, 'configuration'>) =>
    settingsOf(name, settings.get(name)?.value ?? {}, env);
  /** Nobody is asked for what no section asks for. */
  const asked = <T>(name: 'throttler' | 'baggageRestrictions', make: (of: Settings) => T) =>
    settings.get(name) ? make(section(name)) : undefined;
  const parts = { serviceName, counters, logger, fetch, clock: given.clock };
  // Last come those that may begin to ask.
  const fixed = {
    traceId128bit: flagOf(settings.get('traceId128bit')),
    propagation: propagationOf(settings.get('propagation')),
    headers: headerNamesOf(settings.get('headers')),
    maxTagValueLength: countOf(settings.get('maxTagValueLength')),
    tags: { ...tagsOf(settings.get('tags'), env), ...given.tags },
    reporter: given.reporter ?? reporterOf(section('reporter'), parts),
    debugThrottler: given.debugThrottler ?? asked('throttler', (of) => throttlerOf(of, parts)),
    baggageRestrictions:
      given.baggageRestrictions ?? asked('baggageRestrictions', (of) => restrictionsOf(of, parts)),
    sampler: given.sampler ?? samplerOf(section('sampler'), parts),
  };
  const tracer = new Tracer({ ...fixed, ...without(given), serviceName, counters, logger });
  offerCounters({ tracer, env, logger });
  return tracer;
}

/** What was given, without what is `undefined` and so would hide what was configured. */
function without({ tags: _, ...given }: Partial<TracerOptions>): Partial<TracerOptions> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Starts spans that nobody keeps, and neither writes nor reads carriers. */
function disabledTracer(settings: Settings, logger: Logger): Tracer {
  const serviceName = textOf(settings.get('serviceName')) ?? '';
  const sampler = constSampler(false);
  return new Tracer({ serviceName, sampler, reporter: noopReporter, logger, propagation: [] });
}
