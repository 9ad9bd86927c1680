import type { Request } from './connection.ts';
import { prefixed } from './index-names.ts';
import type { ElasticsearchStoreOptions } from './store-options.ts';

export interface TemplateOptions {
  readonly prefix: string;
  readonly shards: number;
  readonly replicas: number;
  readonly useIlm: boolean;
  /** Of the life cycle. */
  readonly ilmPolicy: string;
  readonly priority: Readonly<Record<TemplateKind, number>>;
}

/** The policy's name in Jaeger. */
export const ILM_POLICY = 'jaeger-ilm-policy';

/** What the options of a store say of its templates. */
export function templateOptions(
  options: Pick<
    ElasticsearchStoreOptions,
    'indexPrefix' | 'shards' | 'replicas' | 'useIlm' | 'templatePriority'
  >,
): TemplateOptions {
  return {
    prefix: options.indexPrefix ?? '',
    shards: options.shards ?? 5,
    replicas: options.replicas ?? 1,
    useIlm: options.useIlm ?? false,
    ilmPolicy: ILM_POLICY,
    priority: options.templatePriority ?? { span: 0, service: 0, dependencies: 0 },
  };
}

/** Longer values are in the document but in no index. */
const KEYWORD = { type: 'keyword', ignore_above: 256 };
const LONG = { type: 'long' };
const TAGS = {
  type: 'nested',
  dynamic: false,
  properties: { key: KEYWORD, value: KEYWORD, type: KEYWORD },
};

/** With tags as fields, every field is a keyword, whatever its value. */
const DYNAMIC_TEMPLATES = [
  { span_tags_map: { mapping: KEYWORD, path_match: 'tag.*' } },
  { process_tags_map: { mapping: KEYWORD, path_match: 'process.tag.*' } },
];

const SPAN_MAPPINGS = {
  dynamic_templates: DYNAMIC_TEMPLATES,
  properties: {
    traceID: KEYWORD,
    parentSpanID: KEYWORD,
    spanID: KEYWORD,
    operationName: KEYWORD,
    startTime: LONG,
    startTimeMillis: { type: 'date', format: 'epoch_millis' },
    duration: LONG,
    flags: { type: 'integer' },
    logs: { type: 'nested', dynamic: false, properties: { timestamp: LONG, fields: TAGS } },
    process: { properties: { serviceName: KEYWORD, tag: { type: 'object' }, tags: TAGS } },
    references: {
      type: 'nested',
      dynamic: false,
      properties: { refType: KEYWORD, traceID: KEYWORD, spanID: KEYWORD },
    },
    tag: { type: 'object' },
    tags: TAGS,
  },
};

const SERVICE_MAPPINGS = {
  dynamic_templates: DYNAMIC_TEMPLATES,
  properties: { serviceName: KEYWORD, operationName: KEYWORD },
};

const KINDS = { span: SPAN_MAPPINGS, service: SERVICE_MAPPINGS, dependencies: {} } as const;
export type TemplateKind = keyof typeof KINDS;

/** Those of `kinds` that the store makes: with a life cycle, whoever manages it has made some that ours would replace. */
export function templateKinds(
  { createTemplates = true, useIlm = false }: ElasticsearchStoreOptions,
  kinds: readonly TemplateKind[],
): readonly TemplateKind[] {
  return createTemplates && !useIlm ? kinds : [];
}

/** The request that makes Jaeger's template: a legacy one for version 7, a composable one for 8 and later. */
export function templateRequest(
  kind: TemplateKind,
  majorVersion: number,
  options: TemplateOptions,
): Request {
  const base = prefixed(options.prefix, `jaeger-${kind}`);
  const { shards, replicas, useIlm } = options;
  const content = {
    ...(useIlm && { aliases: { [`${base}-read`]: {} } }),
    settings: {
      'index.number_of_shards': shards,
      'index.number_of_replicas': replicas,
      'index.mapping.nested_fields.limit': 50,
      'index.requests.cache.enable': true,
      ...(useIlm && {
        lifecycle: { name: options.ilmPolicy, rollover_alias: `${base}-write` },
      }),
    },
    mappings: KINDS[kind],
  };
  if (majorVersion < 8) {
    const body = { index_patterns: `*${base}-*`, ...content };
    return { method: 'PUT', path: `/_template/${encodeURIComponent(base)}`, body };
  }
  const body = {
    priority: options.priority[kind],
    index_patterns: `${base}-*`,
    template: content,
  };
  return { method: 'PUT', path: `/_index_template/${encodeURIComponent(base)}`, body };
}
