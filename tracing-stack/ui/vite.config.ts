import { defineConfig, type Plugin, type Rolldown } from 'vite';

/**
 * Waits with the first paint until the program has run, so that a chosen theme never flashes up in the other one. The
 * server's Content-Security-Policy allows no inline script that could do this.
 */
const paintAfterStart: Plugin = {
  name: 'paint-after-start',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
};

/** Of the other workspaces, what the first page needs: their index names much that only further pages do. */
const FIRST_OF_OTHERS =
  /analysis\/src\/(?:tree\/|jaeger-json\/trace-spans)|model\/src\/(?:hex|ids|span)\.ts/;

/**
 * What the first page needs goes into one file, whatever further pages share parts of it: one request less, and what
 * stands in one file is compressed together.
 */
function firstFile(id: string, modules: Rolldown.ChunkingContext): string | null {
  if (FIRST_OF_OTHERS.test(id)) return 'first';
  const seen = new Set([id]);
  for (const each of seen) {
    const info = modules.getModuleInfo(each);
    if (info?.isEntry) return each === id ? null : 'first';
    const isIndex = /\/(?:analysis|model)\/src\/index\.ts$/.test(each);
    for (const importer of isIndex ? [] : (info?.importers ?? [])) seen.add(importer);
  }
  return null;
}

export default defineConfig({
  // Relative to <base>, which the query service sets to --query.base-path.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: true,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: firstFile }] } } },
    modulePreload: {
      polyfill: false,
      // Style sheets only: their names have to stand in the code, and those of scripts are known to the scripts anyway.
      resolveDependencies: (_file, needed) => needed.filter((name) => name.endsWith('.css')),
    },
  },
  plugins: [paintAfterStart],
  // `npm run dev` shows the page against a running stack.
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:16686' } },
});
