import { goDuration } from '@spoor/model';
import {
  choiceFlag,
  durationFlag,
  type Flag,
  type FlagValues,
  integerFlag,
  switchFlag,
  textFlag,
  UserError,
} from '@spoor/platform';
import {
  DEFAULT_BULK,
  DEFAULT_MAX_DOC_COUNT,
  DEFAULT_MAX_SPAN_AGE_MS,
  DEFAULT_SERVER,
  DEFAULT_TAGS_AS_FIELDS,
  type ElasticsearchStoreOptions,
  type RolloverFrequency,
} from '@spoor/storage-elasticsearch/options';
import { parseServerUrls } from '@spoor/storage-elasticsearch/server-url';
import { tlsFlags, tlsOf } from '@spoor/storage-elasticsearch/tls-flags';

import { archiveFlags, archiveValues } from './archive-flags.ts';

const NO_SAMPLING = 'adaptive sampling has an index of its own, spoor-sampling';

/** What an archive takes from its store unless it is told, as in Jaeger. */
const INHERITED = [
  'es.username',
  'es.password',
  'es.sniffer',
  'es.remote-read-clusters',
  'es.tags-as-fields.all',
  'es.tags-as-fields.include',
  'es.tags-as-fields.config-file',
  'es.prioirity-span-template',
  'es.prioirity-service-template',
] as const;

/** What an archive has flags for, too. The spelling of `prioirity` is Jaeger's. */
const sharedFlags = {
  'es.server-urls': urlsFlag(),
  'es.timeout': durationFlag('0s', 'How long a request may take; 0s for 1m'),
  'es.num-shards': integerFlag(5, 'Shards of each index that is made', 1),
  'es.num-replicas': integerFlag(1, 'Copies of each shard'),
  'es.index-prefix': prefixFlag(),
  'es.index-date-separator': separatorFlag(),
  'es.index-rollover-frequency-spans': rolloverFlag('spans'),
  'es.index-rollover-frequency-services': rolloverFlag('services'),
  'es.use-aliases': switchFlag(
    'Whether to write to -write and read from -read, which somebody else makes',
  ),
  'es.use-ilm': switchFlag(
    'Whether templates name the policy jaeger-ilm-policy; goes with es.use-aliases',
  ),
  'es.create-index-templates': switchFlag("Whether Jaeger's index templates are made", true),
  'es.prioirity-span-template': integerFlag(
    0,
    'Priority of the template of spans, from version 8 on',
  ),
  'es.prioirity-service-template': integerFlag(
    0,
    'Priority of the template of services, from version 8 on',
  ),
  'es.prioirity-dependencies-template': integerFlag(
    0,
    'Priority of the template of dependencies, from version 8 on',
  ),
  'es.version': integerFlag(0, 'Major version of the servers; 0 asks them'),
  'es.max-doc-count': integerFlag(
    DEFAULT_MAX_DOC_COUNT,
    'Documents that a request asks for at most, and names in a list',
    1,
  ),
  'es.service-cache-ttl': durationFlag(
    '0s',
    'How long a service that was written is not written again; 0s for 12 hours',
  ),
  'es.bulk.size': integerFlag(DEFAULT_BULK.bytes, 'Bytes of documents in a bulk request', 1),
  'es.bulk.actions': integerFlag(DEFAULT_BULK.actions, 'Documents in a bulk request', 1),
  'es.bulk.workers': integerFlag(DEFAULT_BULK.workers, 'Bulk requests under way at once', 1),
  'es.bulk.flush-interval': durationFlag(
    goDuration(1000 * DEFAULT_BULK.flushIntervalMs),
    'How long a span waits for others to go with, and its sender for an answer; 0s not at all',
  ),
  'es.tags-as-fields.all': switchFlag(
    'Whether all tags of spans and processes become fields of an object',
  ),
  'es.tags-as-fields.include': textFlag('', 'Keys of tags that become fields, by commas'),
  'es.tags-as-fields.config-file': textFlag('', 'File with more such keys, one a line'),
  'es.tags-as-fields.dot-replacement': textFlag(
    DEFAULT_TAGS_AS_FIELDS.dotReplacement,
    'Stands for a dot in the name of such a field',
  ),
  'es.remote-read-clusters': textFlag('', 'Remote clusters to read from too, by commas'),
  'es.username': textFlag('', 'User name, if the servers ask for one'),
  'es.password': textFlag('', 'Password of that user'),
  'es.password-file': textFlag('', 'File with the password; read again when it was refused'),
  'es.token-file': textFlag('', 'File with a bearer token; read again when it was refused'),
  'es.sniffer': switchFlag('Whether to ask the servers for the others of their cluster'),
  ...tlsFlags,
  'es.log-level': idle(textFlag('error', ''), 'the client logs nothing, log-level is for all'),
  'es.send-get-body-as': idle(textFlag('', ''), 'requests with a body are POST'),
  'es.sniffer-tls-enabled': idle(switchFlag(''), 'servers found are spoken to as those named'),
  'es.adaptive-sampling.lookback': idle(durationFlag('72h0m0s', ''), NO_SAMPLING),
  'es.index-rollover-frequency-adaptive-sampling': idle(rolloverFlag(''), NO_SAMPLING),
};

/** The flags of the Elasticsearch store and its archive. */
export const elasticsearchFlags = {
  ...sharedFlags,
  'es.max-span-age': durationFlag(
    goDuration(1000 * DEFAULT_MAX_SPAN_AGE_MS),
    'How far back services and operations are listed',
  ),
  ...archiveFlags('es', sharedFlags, INHERITED),
};

/** What the flags ask `openElasticsearchStore` for. */
export function elasticsearchOptions(
  flags: FlagValues<typeof elasticsearchFlags>,
): ElasticsearchStoreOptions {
  const archive = archiveValues('es', sharedFlags, flags, INHERITED);
  return {
    ...sharedOptions(flags),
    maxSpanAgeMs: flags['es.max-span-age'] / 1000,
    ...(archive && { archive: sharedOptions(archive) }),
  };
}

/** Throws `UserError`, as Jaeger does: without aliases the policy would begin indices that nobody writes to. */
function sharedOptions(flags: FlagValues<typeof sharedFlags>): ElasticsearchStoreOptions {
  if (flags['es.use-ilm'] && !flags['es.use-aliases']) {
    throw new UserError('bad-flag', '[storage] es.use-ilm goes with es.use-aliases');
  }
  return {
    serverUrls: flags['es.server-urls'],
    timeoutMs: flags['es.timeout'] / 1000,
    shards: flags['es.num-shards'],
    replicas: flags['es.num-replicas'],
    indexPrefix: flags['es.index-prefix'],
    indexDateSeparator: flags['es.index-date-separator'],
    spanRollover: flags['es.index-rollover-frequency-spans'],
    serviceRollover: flags['es.index-rollover-frequency-services'],
    useAliases: flags['es.use-aliases'],
    useIlm: flags['es.use-ilm'],
    createTemplates: flags['es.create-index-templates'],
    templatePriority: {
      span: flags['es.prioirity-span-template'],
      service: flags['es.prioirity-service-template'],
      dependencies: flags['es.prioirity-dependencies-template'],
    },
    version: flags['es.version'],
    maxDocCount: flags['es.max-doc-count'],
    serviceCacheTtlMs: flags['es.service-cache-ttl'] / 1000,
    bulk: {
      bytes: flags['es.bulk.size'],
      actions: flags['es.bulk.actions'],
      workers: flags['es.bulk.workers'],
      flushIntervalMs: flags['es.bulk.flush-interval'] / 1000,
    },
    tagsAsFields: {
      all: flags['es.tags-as-fields.all'],
      include: listOf(flags['es.tags-as-fields.include']),
      configFile: flags['es.tags-as-fields.config-file'],
      dotReplacement: flags['es.tags-as-fields.dot-replacement'],
    },
    remoteReadClusters: listOf(flags['es.remote-read-clusters']),
    username: flags['es.username'],
    password: flags['es.password'],
    passwordFile: flags['es.password-file'],
    tokenFile: flags['es.token-file'],
    sniffer: flags['es.sniffer'],
    tls: tlsOf(flags),
  };
}

/** A setting that Jaeger's programs act on and ours need not; `why` tells so. A bad value is still one. */
function idle<T>(flag: Flag<T>, why: string): Flag<T> {
  return { ...flag, help: `Has no effect: ${why}` };
}

function rolloverFlag(what: string): Flag<RolloverFrequency> {
  return choiceFlag(['day', 'hour'], 'day', `How often a new index for ${what} begins`);
}

function urlsFlag(): Flag<string[]> {
  return {
    help: 'Addresses of the servers, as URLs, by commas',
    default: DEFAULT_SERVER,
    parse: parseServerUrls,
  };
}

/** What no name of an index holds. */
const NOT_IN_A_NAME = /[\\/*?"<>|,#:\s]/;

/** What may stand within the name of an index. */
function separatorFlag(): Flag<string> {
  return {
    help: 'Stands between year, month and day in names of indices',
    default: '-',
    parse(text) {
      if (text !== text.toLowerCase() || NOT_IN_A_NAME.test(text)) {
        throw new RangeError(`expected what the name of an index may hold, got "${text}"`);
      }
      return text;
    },
  };
}

/** What may begin the name of an index. */
function prefixFlag(): Flag<string> {
  return {
    help: 'Stands before the names of all indices, with a dash',
    default: '',
    parse(text) {
      if (text !== text.toLowerCase() || NOT_IN_A_NAME.test(text) || /^[-_+.]/.test(text)) {
        throw new RangeError(`expected what the name of an index may begin with, got "${text}"`);
      }
      return text;
    },
  };
}

/** By commas, or as lines: a list in a file. */
function listOf(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
