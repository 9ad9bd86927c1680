import { formatHostPort, type HostPort } from '@spoor/platform';
import { type MessageSource, parseTraceMessages } from '@spoor/wire';

/** It lists what it has in memory. */
const WITHIN_MS = 3_000;

/** An agent or a collector that keeps messages, by its admin port. */
export function remoteSource(address: HostPort): MessageSource {
  const name = formatHostPort(address);
  return {
    name,
    async carrying(traceId, signal) {
      const url = `http://${name}/wire?traceID=${traceId}`;
      const within = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]);
      const response = await fetch(url, { signal: within });
      const text = await response.text();
      if (!response.ok) throw new Error(`HTTP ${response.status} from ${url}`);
      try {
        return parseTraceMessages(text);
      } catch (cause) {
        if (!(cause instanceof SyntaxError)) throw cause;
        throw new Error(`${url} is no agent's or collector's list of messages`, { cause });
      }
    },
  };
}
