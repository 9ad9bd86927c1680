import type { KeyValue } from '@spoor/model';
import type { Flag } from './flag-kinds.ts';

/** `${VARIABLE}` or `${VARIABLE:default}`. */
const VARIABLE = /^\$\{([^:}]+)(?::([^}]*))?\}$/;

/** `key=value,other=${VARIABLE:default}`: tags with the text or with what the environment says. Nothing is no tags. */
export function tagsFlag(
  help: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Flag<KeyValue[]> {
  return {
    help: `${help}: key=value,other=\${VARIABLE:default}`,
    default: '',
    parse(text) {
      if (text.trim() === '') return [];
      return text.split(/[,\n]/).map((pair): KeyValue => {
        const [key = '', ...rest] = pair.split('=');
        if (key.trim() === '' || rest.length === 0)
          throw new RangeError(`expected key=value, got "${pair}"`);
        const value = rest.join('=').trim();
        const [, variable, otherwise = ''] = VARIABLE.exec(value) ?? [];
        const said = variable === undefined ? value : env[variable] || otherwise;
        return { key: key.trim(), type: 'string', value: said };
      });
    },
  };
}
