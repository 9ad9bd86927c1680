import { readFile } from 'node:fs/promises';
import type { KeyValue } from '@spoor/model';
import { UserError } from '@spoor/platform';
import { DEFAULT_TAGS_AS_FIELDS, type TagsAsFields } from './store-options.ts';

/** What the options and their file say. Rejects with a `UserError` for a file that cannot be read. */
export async function readTagFields(options: Partial<TagsAsFields> = {}): Promise<TagFields> {
  const asked = { ...DEFAULT_TAGS_AS_FIELDS, ...options };
  if (asked.configFile === '') return new TagFields(asked);
  try {
    const lines = (await readFile(asked.configFile, 'utf8')).split('\n').map((line) => line.trim());
    return new TagFields({ ...asked, include: [...asked.include, ...lines.filter(Boolean)] });
  } catch (cause) {
    const text = `[elasticsearch] cannot read ${asked.configFile}: ${(cause as Error).message}`;
    throw new UserError('bad-flag', text, { cause });
  }
}

/** Which tags become fields of `tag`, by which names, and which they were. */
export class TagFields {
  /** Whether all of them stay in lists. */
  readonly none: boolean;
  private readonly options: TagsAsFields;
  private readonly included: ReadonlySet<string>;

  constructor(options: TagsAsFields = DEFAULT_TAGS_AS_FIELDS) {
    this.options = options;
    this.included = new Set(options.include);
    this.none = !options.all && this.included.size === 0;
  }

  /** The field for a key; `undefined` if it has none, or none that tells the key again. */
  nameOf(key: string): string | undefined {
    if (!this.options.all && !this.included.has(key)) return undefined;
    const name = this.fieldOf(key);
    return key.trim() !== '' && this.keyOf(name) === key ? name : undefined;
  }

  /** The field in which a search looks, whatever this process writes. */
  fieldOf(key: string): string {
    return key.replaceAll('.', this.options.dotReplacement);
  }

  keyOf(name: string): string {
    return name.replaceAll(this.options.dotReplacement, '.');
  }
}

/** The JSON value of a tag that can be a field: what would not come back as it was stays in the list. */
export function fieldValue(tag: KeyValue): string | number | bigint | boolean | undefined {
  if (tag.type === 'binary') return undefined;
  if (tag.type !== 'float64') return tag.value;
  const isNumber = Number.isFinite(tag.value) && !Object.is(tag.value, -0);
  return isNumber ? tag.value : undefined;
}

/** A field as the tag that it was. A whole float64 comes back as an int64, as in Jaeger. */
export function tagOfField(key: string, value: unknown): KeyValue | undefined {
  switch (typeof value) {
    case 'string':
      return { key, type: 'string', value };
    case 'boolean':
      return { key, type: 'bool', value };
    case 'bigint':
      return BigInt.asIntN(64, value) === value
        ? { key, type: 'int64', value }
        : { key, type: 'float64', value: Number(value) };
    case 'number':
      return Number.isSafeInteger(value)
        ? { key, type: 'int64', value: BigInt(value) }
        : { key, type: 'float64', value };
    default:
      return undefined;
  }
}
