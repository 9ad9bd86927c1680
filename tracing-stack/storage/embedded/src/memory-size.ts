import type { KeyValue, Process, Span } from '@spoor/model';
import type { BatchIndex } from '@spoor/wire';

/*
 * About how many bytes things take in memory, rather too many than too few: V8 tells it of nothing single. A usual span of 286
 * bytes, with six tags and a log, takes 1,730 once it is decoded, 300 more as a query answers it, and 125 in the index.
 */
const SPAN = 700;
const TAG = 100;
const LOG = 250;
const REFERENCE = 200;
const PROCESS = 150;
const INDEX = 1000;
const INDEXED_SPAN = 100;
/** Of V8's strings, with how they are kept in a map. */
const NAME = 100;

export function spanBytes({ operationName, references, tags, logs }: Span): number {
  let bytes = SPAN + textBytes(operationName) + REFERENCE * references.length + tagsBytes(tags);
  for (const { fields } of logs) bytes += LOG + tagsBytes(fields);
  return bytes;
}

/** Of spans that were decoded together, so that those of one process share it. */
export function spansBytes(spans: readonly Span[]): number {
  let bytes = 0;
  let process: Process | undefined;
  for (const span of spans) {
    bytes += spanBytes(span);
    if (span.process !== process) bytes += processBytes(span.process);
    process = span.process;
  }
  return bytes;
}

export function processBytes({ serviceName, tags }: Process): number {
  return PROCESS + textBytes(serviceName) + tagsBytes(tags);
}

export function indexBytes({ count, tagHashes }: BatchIndex): number {
  return INDEX + INDEXED_SPAN * count + tagHashes.byteLength;
}

export function nameBytes(name: string): number {
  return NAME + textBytes(name);
}

function tagsBytes(tags: readonly KeyValue[]): number {
  let bytes = 0;
  for (const { key, type, value } of tags) {
    bytes += TAG + textBytes(key);
    if (type === 'string') bytes += textBytes(value);
    else if (type === 'binary') bytes += value.length;
  }
  return bytes;
}

/** One byte a letter, or two if one of them is not Latin. */
function textBytes({ length }: string): number {
  return 2 * length;
}
