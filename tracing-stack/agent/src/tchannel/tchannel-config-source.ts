import type { SamplingStrategy } from '@spoor/model';
import { CollectorMethod, decodeSamplingResult, encodeSamplingArguments } from '@spoor/wire';
import { ConfigError, type ConfigSource, noBaggageRestrictions } from '../config-source.ts';
import type { TchannelClient } from './tchannel-client.ts';
import { TchannelError } from './tchannel-error.ts';

const CALL_TIMEOUT_MS = 5000;

/** Asks collectors over TChannel; if one is away, the next. */
export function tchannelConfigSource(clients: readonly TchannelClient[]): ConfigSource {
  let turn = 0;

  async function samplingStrategy(service: string): Promise<SamplingStrategy> {
    const args = encodeSamplingArguments(service);
    let failure: unknown;
    for (let attempt = 0; attempt < clients.length; attempt++) {
      const client = clients[turn++ % clients.length] as TchannelClient;
      try {
        return decodeSamplingResult(
          await client.call(CollectorMethod.getSamplingStrategy, args, CALL_TIMEOUT_MS),
        );
      } catch (error) {
        failure = error;
      }
    }
    const words = `failed to get sampling strategy: ${goErrorText(failure)}`;
    throw new ConfigError('unavailable', words, failure);
  }

  return { protocol: 'tchannel', samplingStrategy, baggageRestrictions: noBaggageRestrictions };
}

/** In the words of Go's TChannel: `tchannel error ErrCodeBusy: …`. */
function goErrorText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof TchannelError)) return message;
  const name = error.codeName.charAt(0).toUpperCase() + error.codeName.slice(1);
  return `tchannel error ErrCode${name}: ${message}`;
}
