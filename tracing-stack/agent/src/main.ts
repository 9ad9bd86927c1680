import {
  AGENT_ADMIN_PORT,
  createMetrics,
  DEFAULT_HOST,
  hostPortFlag,
  metricsRoute,
  parseFlags,
  programFlags,
  programLogger,
  runMain,
  startAdminServer,
  startTogether,
} from '@spoor/platform';
import { startAgent } from './agent.ts';
import { agentFlags, agentOptions, reporterFlags, reporterOptions } from './flags.ts';
import { grpcSink } from './grpc-sink.ts';

void runMain('agent', async () => {
  const flags = await parseFlags({
    component: 'agent',
    summary: 'Takes spans over UDP from clients on this machine, and posts them to collectors.',
    flags: {
      ...agentFlags,
      ...reporterFlags,
      'admin.http.host-port': hostPortFlag(
        { host: DEFAULT_HOST, port: AGENT_ADMIN_PORT },
        'Where health and metrics are served',
      ),
      ...programFlags,
    },
  });
  const logger = programLogger('agent', flags);
  const metrics = createMetrics();
  return startTogether(async (own) => {
    const admin = own(
      await startAdminServer({
        component: 'agent',
        ...flags['admin.http.host-port'],
        flag: 'admin.http.host-port',
        // Like Jaeger's: the agent serves while the collectors are away, as it holds on to what it took.
        check: () => undefined,
        metrics,
        metricsRoute: metricsRoute(flags),
        logger,
      }),
    );
    const options = agentOptions(flags);
    const sink = grpcSink({
      ...reporterOptions(flags),
      queueBytes: options.queueBytes,
      logger,
      metrics,
    });
    const agent = own(await startAgent({ ...options, sink, logger, metrics }));
    admin.ready();
    return { ports: agent.ports };
  });
});
