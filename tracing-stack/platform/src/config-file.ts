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
  const content = await parseFile(component, path);
  if (content === null || content === undefined) return settings;
  if (typeof content !== 'object' || Array.isArray(content))
    throw badFile(
      component,
      path,
      `expected settings, one "name: value" a line, got ${kindOf(content)}`,
    );
  collect(component, path, '', content, settings);
  return settings;
}

function kindOf(content: unknown): string {
  return Array.isArray(content) ? 'a list' : `the ${typeof content} ${content}`;
}

function badFile(component: string, path: string, reason: string, cause?: unknown): UserError {
  const text = `[${component}] cannot read ${path}: ${reason}`;
  return new UserError('bad-config-file', text, { cause });
}

async function parseFile(component: string, path: string): Promise<unknown> {
  const { parse } = await import('yaml');
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const [reason] = (cause as Error).message.split('\n');
    // YAML's own ends with a colon, before the lines that it shows.
    throw badFile(component, path, (reason ?? '').replace(/:$/, ''), cause);
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
    if (value.some((one) => typeof one === 'object'))
      throw badFile(component, path, `${prefix} is a list of more than texts and numbers`);
    into.set(prefix, value.join('\n'));
  } else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      collect(component, path, prefix === '' ? key : `${prefix}.${key}`, inner, into);
    }
  } else {
    into.set(prefix, String(value));
  }
}
