import { readFile } from 'node:fs/promises';
import { UserError } from './user-error.ts';

/**
 * Reads a YAML or JSON file of settings. A setting may be written with its dots or nested at them: both
 * `log-level: debug` with `query.base-path: /x`, and `query: { base-path: /x }`. A list becomes lines.
 */
export async function readConfigFile(
  component: string,
  path: string,
): Promise<Map<string, string>> {
  const settings = new Map<string, string>();
  collect(component, path, '', await parseFile(component, path), settings);
  return settings;
}

async function parseFile(component: string, path: string): Promise<unknown> {
  const { parse } = await import('yaml');
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const [reason] = (cause as Error).message.split('\n');
    throw new UserError('bad-config-file', `[${component}] cannot read ${path}: ${reason}`, {
      cause,
    });
  }
}

function collect(
  component: string,
  path: string,
  prefix: string,
  value: unknown,
  into: Map<string, string>,
): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    into.set(prefix, value.join('\n'));
  } else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      collect(component, path, prefix === '' ? key : `${prefix}.${key}`, inner, into);
    }
  } else if (prefix === '') {
    throw new UserError(
      'bad-config-file',
      `[${component}] cannot read ${path}: expected settings, one "name: value" a line`,
    );
  } else {
    into.set(prefix, String(value));
  }
}
