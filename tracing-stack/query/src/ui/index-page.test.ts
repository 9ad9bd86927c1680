import { VERSION } from '@spoor/platform';
import { describe, expect, test } from 'vitest';
import { indexPage, type PageFacts } from './index-page.ts';

const FACTS: PageFacts = {
  basePath: '',
  capabilities: { archiveStorage: true, metricsStorage: false },
  config: undefined,
};

/** The marks of Jaeger's UI of both generations, laid out as it does. */
const PAGE = `<base href="/" data-inject-target="BASE_URL" />
<script>
      // Do not alter the following line.
      // JAEGER_CONFIG_JS

      function getJaegerUiConfig() {
        if (typeof window.UIConfig === 'function') return UIConfig();
        const DEFAULT_CONFIG = null;
        const JAEGER_CONFIG = DEFAULT_CONFIG;
        return JAEGER_CONFIG;
      }
      function storage() {
        const DEFAULT_STORAGE_CAPABILITIES = { archiveStorage: false };
        const JAEGER_STORAGE_CAPABILITIES = DEFAULT_STORAGE_CAPABILITIES;
        return JAEGER_STORAGE_CAPABILITIES;
      }
      function backend() {
        const DEFAULT_BACKEND_CAPABILITIES = { ...storage(), aiAssistant: false };
        const JAEGER_BACKEND_CAPABILITIES = DEFAULT_BACKEND_CAPABILITIES;
        return JAEGER_BACKEND_CAPABILITIES;
      }
      function version() {
        const DEFAULT_VERSION = { gitCommit: '', gitVersion: '', buildDate: '' };
        const JAEGER_VERSION = DEFAULT_VERSION;
        return JAEGER_VERSION;
      }
</script>
`;

interface Told {
  readonly config: unknown;
  readonly storage: unknown;
  readonly backend: unknown;
  readonly version: unknown;
}

/** What the page's own script gets to know. */
function told(facts: Partial<PageFacts>): Told {
  const page = indexPage(PAGE, { ...FACTS, ...facts });
  const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
  const results = `config: getJaegerUiConfig(), storage: storage(), backend: backend(), version: version()`;
  return new Function(
    'window',
    `${script}; if (typeof UIConfig === 'function') window.UIConfig = UIConfig; return { ${results} };`,
  )({});
}

describe('the page tells the UI', () => {
  test('what the server can do', () => {
    expect(told({})).toMatchObject({
      storage: { archiveStorage: true, metricsStorage: false },
      backend: { archiveStorage: true, metricsStorage: false, aiAssistant: false },
    });
  });

  test('who the server is', () => {
    const version = { gitCommit: '', gitVersion: `(Spoor v${VERSION})`, buildDate: '' };
    expect(told({}).version).toEqual(version);
  });

  test('nothing of how it is configured, where nobody said anything', () => {
    expect(told({}).config).toBeNull();
  });

  test.each([
    { menu: [{ label: 'a' }] },
    { linkPatterns: [{ type: 'tags', key: '$&', url: 'http://localhost/#{k}?$1=$$' }] },
    { menu: [{ label: '</script><b>' }] },
  ])('how it is configured: %j', (value) => {
    expect(told({ config: { kind: 'object', value } }).config).toEqual(value);
  });

  test('how it is configured by a script', () => {
    const text = "function UIConfig() {\n  return { label: '$&' };\n}";
    expect(told({ config: { kind: 'script', text } }).config).toEqual({ label: '$&' });
  });
});

describe('the base tag', () => {
  test('is left as it is without a base path', () => {
    expect(indexPage(PAGE, FACTS)).toContain('<base href="/" data-inject-target="BASE_URL" />\n');
  });

  // Jaeger 2's UI writes the tag by a script, and without a base path finds out itself where it lives.
  test.each(['', '/jaeger/ui'])('that a script makes is right below "%s"', (basePath) => {
    const script = `tag = '<base href="' + safe + '" data-inject-target="BASE_URL" />'`;
    const page = indexPage(script, { ...FACTS, basePath });
    const tag = new Function('safe', `let ${page}; return tag;`)('/found/');
    const href = /href="([^"]*)"/.exec(tag)?.[1];
    expect(href).toBe(basePath === '' ? '/found/' : '/jaeger/ui/');
  });
});

test('a page without marks is left as it is', () => {
  const config = { kind: 'object', value: { menu: [] } } as const;
  const page = '<title>DEFAULT_VERSION</title>';
  expect(indexPage(page, { ...FACTS, basePath: '/jaeger', config })).toBe(page);
});
