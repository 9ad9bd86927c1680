import {
  binaryBatchesBytes,
  CollectorMethod,
  DecodeError,
  decodeSubmitResult,
  type EncodedBatch,
  ErrorCode,
  encodeSubmitBatches,
} from '@spoor/wire';
import { type CollectorLink, PostError } from '../collector-link.ts';
import type { TchannelClient } from './tchannel-client.ts';
import { TchannelError } from './tchannel-error.ts';

/** After these the same batch may be taken later. A batch whose answer was lost is sent again: twice beats never. */
const REPEATABLE: ReadonlySet<number> = new Set([
  ErrorCode.timeout,
  ErrorCode.cancelled,
  ErrorCode.busy,
  ErrorCode.declined,
  ErrorCode.network,
  ErrorCode.unhealthy,
  ErrorCode.fatal,
]);

/** A collector over TChannel 14267. */
export function tchannelLink(client: TchannelClient, timeoutMs: number): CollectorLink {
  return {
    address: client.address,
    get connected() {
      return client.connected;
    },
    get connects() {
      return client.connects;
    },
    async post(batch: EncodedBatch) {
      const args = encodeSubmitBatches(binaryBatchesBytes(batch));
      let oks: boolean[];
      try {
        oks = decodeSubmitResult(await client.call(CollectorMethod.submitBatches, args, timeoutMs));
      } catch (error) {
        throw postError(error);
      }
      // So Jaeger's collector answers when its queue is full.
      if (oks.includes(false)) throw new PostError('notOk', 'a batch was not taken', true);
    },
    close: () => client.close(),
  };
}

function postError(error: unknown): unknown {
  if (error instanceof TchannelError) {
    const { code, codeName, message } = error;
    return new PostError(codeName, message, REPEATABLE.has(code), error);
  }
  if (error instanceof DecodeError) return new PostError('unreadable', error.message, false, error);
  return error;
}
