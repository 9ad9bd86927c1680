import { AGENT_ADMIN_PORT, runProgram, wireFlags } from '@spoor/platform';
import { MessageRing, wireAnswer } from '@spoor/wire';
import { startAgent } from './agent.ts';
import { agentFlags, agentOptions, queueOptions, reporterFlags, reporterOptions } from './flags.ts';
import { grpcReporter } from './grpc-reporter.ts';
import { tchannelReporter } from './tchannel/tchannel-reporter.ts';

void runProgram(
  {
    component: 'agent',
    summary:
      'Takes spans over UDP from clients on this machine, posts them to collectors, and tells clients how to sample.',
    flags: { ...agentFlags, ...reporterFlags, ...wireFlags(0) },
    adminPort: AGENT_ADMIN_PORT,
  },
  async ({ flags, logger, metrics, own, serve }) => {
    const way = reporterOptions(flags);
    const parts = { logger, metrics };
    const { sink, config } =
      way.type === 'grpc'
        ? grpcReporter({ ...way, ...parts })
        : tchannelReporter({ ...way, ...parts });
    const options = { ...agentOptions(flags), ...queueOptions(flags) };
    const ring = new MessageRing(flags['wire.memory-bytes']);
    serve('/wire', (parameters) => wireAnswer(ring, parameters));
    const agent = own(await startAgent({ ...options, sink, config, ring, ...parts }));
    // Like Jaeger's: the agent serves while the collectors are away, as it holds on to what it took.
    return () => ({ queue: agent.queue() });
  },
);
