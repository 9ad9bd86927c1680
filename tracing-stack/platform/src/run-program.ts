import { type AdminServer, startAdminServer } from './admin-server.ts';
import { showBuildInfo } from './build-info.ts';
import { type Flag, hostPortFlag } from './flag-kinds.ts';
import { type FlagValues, parseFlags } from './flags.ts';
import type { HostPort } from './host-port.ts';
import type { Logger } from './logger.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { DEFAULT_HOST } from './ports.ts';
import { metricsRoute, programFlags } from './program-flags.ts';
import { type MainProcess, runMain } from './run-main.ts';
import { startLogged } from './start-log.ts';
import { type Own, startTogether } from './start-together.ts';

export interface Program<F> {
  readonly component: string;
  /** What it is, for `--help`. */
  readonly summary: string;
  /** Beside those that every program has. */
  readonly flags: F;
  /** Where health and metrics are served unless a flag says otherwise. */
  readonly adminPort: number;
}

/** What a component is started with. */
export interface ProgramParts<F extends Readonly<Record<string, Flag<unknown>>>> {
  readonly flags: FlagValues<F>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Notes what is to be closed in the end. */
  readonly own: Own;
  /** Serves a page beside health and metrics. */
  readonly serve: AdminServer['serve'];
}

/**
 * Runs a component as a program: reads its flags, serves its health, starts it, and closes it at a signal; see `runMain`.
 * Health comes first: it says 503 until `start` is done, and from then on what the function says that `start` returned.
 */
export function runProgram<F extends Readonly<Record<string, Flag<unknown>>>>(
  program: Program<F>,
  start: (parts: ProgramParts<F>) => Promise<() => unknown>,
  main?: MainProcess,
): Promise<void> {
  const { component, summary, adminPort } = program;
  const run = async (interrupted: Promise<unknown>) => {
    const flags = await parseFlags({
      component,
      summary,
      flags: { ...program.flags, ...adminFlags(adminPort), ...programFlags },
    });
    const programValues = flags as FlagValues<typeof programFlags>;
    const metrics = createMetrics();
    showBuildInfo(metrics, component);
    return startLogged({ name: component, flags: programValues, interrupted }, (logger) =>
      startTogether(async (own) => {
        const admin = own(
          await startAdminServer({
            component,
            ...(flags[ADMIN] as HostPort),
            flag: ADMIN,
            metrics,
            metricsRoute: metricsRoute(programValues),
            logger,
          }),
        );
        const { serve } = admin;
        const parts = { flags: flags as FlagValues<F>, logger, metrics, own, serve };
        admin.ready(await start(parts));
        return {};
      }),
    );
  };
  return runMain(component, run, main);
}

const ADMIN = 'admin.http.host-port';

function adminFlags(port: number) {
  return {
    [ADMIN]: hostPortFlag({ host: DEFAULT_HOST, port }, 'Where health and metrics are served'),
  };
}
