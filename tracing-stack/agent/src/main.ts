import { AGENT_ADMIN_PORT, runProgram } from '@spoor/platform';
import { startAgent } from './agent.ts';
import { agentFlags, agentOptions, reporterFlags, reporterOptions } from './flags.ts';
import { grpcReporter } from './grpc-reporter.ts';

void runProgram(
  {
    component: 'agent',
    summary:
      'Takes spans over UDP from clients on this machine, posts them to collectors, and tells clients how to sample.',
    flags: { ...agentFlags, ...reporterFlags },
    adminPort: AGENT_ADMIN_PORT,
  },
  async ({ flags, logger, metrics, own }) => {
    const options = agentOptions(flags);
    const { queueBytes } = options;
    const { sink, config } = grpcReporter({
      ...reporterOptions(flags),
      queueBytes,
      logger,
      metrics,
    });
    own(await startAgent({ ...options, sink, config, logger, metrics }));
    // Like Jaeger's: the agent serves while the collectors are away, as it holds on to what it took.
    return () => undefined;
  },
);
