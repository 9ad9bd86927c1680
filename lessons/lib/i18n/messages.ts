import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];
export type MessageKey = keyof typeof en;

type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** What a message needs filled in, read from its English text. */
export type Params<Key extends MessageKey> = Record<Placeholder<(typeof en)[Key]>, string | number>;

/** Says a message in the chosen language. */
export type Say = <Key extends MessageKey>(
  key: Key,
  ...params: [Placeholder<(typeof en)[Key]>] extends [never] ? [] : [Params<Key>]
) => string;

const TEXTS: Record<Language, Record<MessageKey, string>> = { en, 'zh-CN': zhCN };

export function speaker(language: Language): Say {
  return (key, ...[params]) =>
    TEXTS[language][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String((params as Record<string, string | number> | undefined)?.[name] ?? whole),
    );
}

/** The language of `--lang`, else of the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`): any `zh*` is Chinese. */
export function chooseLanguage(flag: string | undefined, env: NodeJS.ProcessEnv): Language {
  const wanted = flag || env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return wanted.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
