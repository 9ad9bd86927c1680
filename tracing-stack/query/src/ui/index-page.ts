import { VERSION } from '@spoor/platform';
import { jsonText } from '@spoor/wire';
import type { UiConfig } from './ui-config.ts';

/** What the server tells the UI in its index.html. */
export interface PageFacts {
  /** Empty, or `/jaeger` where a proxy serves us below that path. */
  readonly basePath: string;
  readonly capabilities: UiCapabilities;
  readonly config: UiConfig | undefined;
}

/** As Jaeger names them: without one, its UI shows no button for the archive, or no page of figures. */
export interface UiCapabilities {
  readonly archiveStorage: boolean;
  readonly metricsStorage: boolean;
}

/** Where the UI lives. Jaeger 2's UI makes the tag by a script, from the page's address: there it is in a string. */
const BASE_TAG = /<base\s+href="[^"]*"\s+data-inject-target="BASE_URL"\s*\/?>/;

/** A line that a script takes the place of, and the line behind it, which Jaeger's UI leaves empty for it. */
const CONFIG_SCRIPT = /^\s*\/\/\s*JAEGER_CONFIG_JS.*\n.*/im;

/**
 * Jaeger's UI finds what its server tells it in assignments within the page, `JAEGER_VERSION = DEFAULT_VERSION;` and the
 * like, whose right side the server replaces. A page that lacks one of them is not told.
 */
export function indexPage(html: string, { basePath, capabilities, config }: PageFacts): string {
  let page = html;
  // Else Jaeger 2's UI finds out by itself, also below the path of a proxy that takes it away.
  if (basePath !== '')
    page = replace(page, BASE_TAG, `<base href="${basePath}/" data-inject-target="BASE_URL"/>`);
  if (config?.kind === 'script') page = replace(page, CONFIG_SCRIPT, config.text);
  if (config?.kind === 'object') page = assign(page, 'CONFIG', config.value);
  page = assign(page, 'STORAGE_CAPABILITIES', capabilities);
  page = assign(page, 'BACKEND_CAPABILITIES', { ...capabilities, aiAssistant: false });
  // Shown behind "Jaeger".
  const version = { gitCommit: '', gitVersion: `(Spoor v${VERSION})`, buildDate: '' };
  return assign(page, 'VERSION', version);
}

function assign(page: string, name: string, value: object): string {
  const mark = new RegExp(`JAEGER_${name} *= *DEFAULT_${name};`);
  return replace(page, mark, `JAEGER_${name} = ${jsonText(value)};`);
}

/** The text as it is: a dollar in it means nothing. */
function replace(page: string, mark: RegExp, text: string): string {
  return page.replace(mark, () => text);
}
