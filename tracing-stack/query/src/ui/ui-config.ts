import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { type Logger, UserError } from '@spoor/platform';

/** What whoever runs the server changes in Jaeger's UI: menus, links, limits. */
export type UiConfig =
  | { readonly kind: 'object'; readonly value: object }
  /** JavaScript that defines `UIConfig()`, which returns such an object. */
  | { readonly kind: 'script'; readonly text: string };

const UI_CONFIG_FUNCTION = /function\s+UIConfig\s*\(\s*\)\s*\{/;

/**
 * Opens a file of it, `.json` or `.js`. The function that comes back reads it anew; while it cannot be read, the last one
 * that could counts. Rejects with a `UserError` if that is so at the start.
 */
export async function openUiConfig(path: string, logger: Logger): Promise<() => Promise<UiConfig>> {
  let config: UiConfig;
  let told: string | undefined;
  try {
    config = await readUiConfig(path);
  } catch (cause) {
    const message = `[query] --query.ui-config: cannot read ${path}: ${(cause as Error).message}`;
    throw new UserError('bad-config-file', message, { cause });
  }
  return async () => {
    try {
      config = await readUiConfig(path);
      told = undefined;
    } catch (error) {
      const reason = (error as Error).message;
      if (reason !== told) {
        logger.warn(
          { file: path, reason },
          'UI configuration cannot be read, the last good one stays',
        );
      }
      told = reason;
    }
    return config;
  };
}

/** Throws `SyntaxError`, `TypeError` or the error of the file system. */
async function readUiConfig(path: string): Promise<UiConfig> {
  const kind = extname(path).toLowerCase();
  if (kind !== '.json' && kind !== '.js') throw new TypeError('expected a .json or .js file');
  const text = (await readFile(path, 'utf8')).trim();
  if (kind === '.js') {
    if (!UI_CONFIG_FUNCTION.test(text)) throw new TypeError('expected a function UIConfig()');
    return { kind: 'script', text };
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('expected an object');
  return { kind: 'object', value };
}
