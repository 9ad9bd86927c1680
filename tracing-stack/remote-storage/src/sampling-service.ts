import { type Server, status } from '@grpc/grpc-js';
import { CallError, type CallHandlers, loadService } from '@spoor/platform/grpc';
import type { OperationProbability, SamplingStore, Throughput } from '@spoor/storage-api';

const NAME = 'spoor.storage.v1.SamplingStore';

/** As proto-loader reads it: an int64 is a text, and a message that was not sent is null. */
interface ThroughputMessage extends Omit<Throughput, 'time' | 'duration'> {
  readonly time: string;
  readonly duration: string;
}

interface AddThroughputRequest {
  readonly throughput: ThroughputMessage | null;
  readonly keepFrom: string;
}

interface TakeLeaseRequest {
  readonly name: string;
  readonly holder: string;
  readonly until: string;
  readonly now: string;
}

/** Adds what collectors that sample adaptively need, and returns its name. */
export async function addSamplingService(
  server: Server,
  handlers: CallHandlers,
  sampling: SamplingStore,
): Promise<string> {
  server.addService(await loadService('spoor-storage.proto', NAME), {
    AddThroughput: handlers.unary('AddThroughput', async (request: AddThroughputRequest) => {
      if (request.throughput === null)
        throw new CallError(status.INVALID_ARGUMENT, 'no throughput');
      const { time, duration, ...rest } = request.throughput;
      const throughput = { ...rest, time: Number(time), duration: Number(duration) };
      await sampling.addThroughput(throughput, Number(request.keepFrom));
      return {};
    }),
    GetThroughput: handlers.serverStream(
      'GetThroughput',
      async function* ({ after, until }: { readonly after: string; readonly until: string }) {
        for (const found of await sampling.throughput(Number(after), Number(until))) {
          yield { ...found, time: String(found.time), duration: String(found.duration) };
        }
      },
    ),
    SaveProbabilities: handlers.unary(
      'SaveProbabilities',
      async ({ probabilities }: { readonly probabilities: readonly OperationProbability[] }) => {
        await sampling.saveProbabilities(probabilities);
        return {};
      },
    ),
    GetProbabilities: handlers.unary('GetProbabilities', async () => ({
      probabilities: await sampling.probabilities(),
    })),
    TakeLease: handlers.unary('TakeLease', async (request: TakeLeaseRequest) => {
      const { name, holder, until, now } = request;
      const lease = { name, holder, until: Number(until) };
      return { isHeld: await sampling.takeLease(lease, Number(now)) };
    }),
  });
  return NAME;
}
