import {
  AGENT_ADMIN_PORT,
  COLLECTOR_GRPC_PORT,
  createLogger,
  createMetrics,
  DEFAULT_HOST,
  hostPortFlag,
  hostPortsFlag,
  logLevelFlag,
  parseFlags,
  runMain,
  startAdminServer,
  startTogether,
} from '@spoor/platform';
import { startAgent } from './agent.ts';
import { agentFlags, agentOptions } from './flags.ts';
import { grpcSink } from './grpc-sink.ts';

await runMain('agent', async () => {
  const flags = await parseFlags({
    component: 'agent',
    summary: 'Takes spans over UDP from clients on this machine, and posts them to collectors.',
    flags: {
      ...agentFlags,
      'reporter.grpc.host-port': hostPortsFlag(
        [{ host: DEFAULT_HOST, port: COLLECTOR_GRPC_PORT }],
        'Collectors, separated by commas',
        { host: DEFAULT_HOST },
      ),
      'admin.http.host-port': hostPortFlag(
        { host: DEFAULT_HOST, port: AGENT_ADMIN_PORT },
        'Where health and metrics are served',
      ),
      'log-level': logLevelFlag(),
    },
  });
  const logger = createLogger({ name: 'agent', level: flags['log-level'] });
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
      }),
    );
    const options = agentOptions(flags);
    const sink = grpcSink({
      collectors: flags['reporter.grpc.host-port'],
      queueBytes: options.queueBytes,
      logger,
      metrics,
    });
    const agent = own(await startAgent({ ...options, sink, logger, metrics }));
    admin.ready();
    return { ports: agent.ports };
  });
});
