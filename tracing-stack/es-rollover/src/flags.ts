import {
  choiceFlag,
  type Flag,
  type FlagValues,
  idleFlag,
  integerFlag,
  switchFlag,
  textFlag,
} from '@spoor/platform';
import {
  ILM_POLICY,
  type InitOptions,
  type RolloverConditions,
  TIME_UNITS,
} from '@spoor/storage-elasticsearch/maintenance';

const NO_SAMPLING = 'adaptive sampling has an index of its own, spoor-sampling';

/** Those of Jaeger's es-rollover, of all three actions. */
export const rolloverFlags = {
  'skip-dependencies': switchFlag('Whether the indices of dependencies are left alone'),
  'adaptive-sampling': switchFlag(`Has no effect: ${NO_SAMPLING}`),
  'priority-sampling-template': idleFlag(0, NO_SAMPLING),
  'es.use-ilm': switchFlag('init: whether a policy of the cluster begins new indices'),
  'es.ilm-policy-name': textFlag(ILM_POLICY, 'init: the name of that policy'),
  shards: integerFlag(5, 'init: shards of each index', 1),
  replicas: integerFlag(1, 'init: copies of each shard'),
  'priority-span-template': integerFlag(0, 'init: priority of the template, from version 8 on'),
  'priority-service-template': integerFlag(0, 'init: priority of the template, from version 8 on'),
  'priority-dependencies-template': integerFlag(
    0,
    'init: priority of the template, from version 8 on',
  ),
  conditions: conditionsFlag('{"max_age": "2d"}'),
  unit: choiceFlag(TIME_UNITS, 'days', 'lookback: in what to count'),
  'unit-count': integerFlag(1, 'lookback: how many of those back indices are read'),
};

export function templatesOf(flags: FlagValues<typeof rolloverFlags>): InitOptions['templates'] {
  return {
    shards: flags.shards,
    replicas: flags.replicas,
    useIlm: flags['es.use-ilm'],
    ilmPolicy: flags['es.ilm-policy-name'],
    priority: {
      span: flags['priority-span-template'],
      service: flags['priority-service-template'],
      dependencies: flags['priority-dependencies-template'],
    },
  };
}

function conditionsFlag(initial: string): Flag<RolloverConditions> {
  return {
    help: 'rollover: one of which must hold for a new index to begin, as JSON of Elasticsearch',
    default: initial,
    parse(text) {
      if (text === '') return {};
      const conditions: unknown = JSON.parse(text);
      if (typeof conditions !== 'object' || conditions === null || Array.isArray(conditions)) {
        throw new RangeError(`expected a JSON object, got ${text}`);
      }
      return conditions as RolloverConditions;
    },
  };
}
