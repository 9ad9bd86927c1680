import { defineConfig, type Plugin } from 'vite';

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

export default defineConfig({
  // Relative to <base>, which the query service sets to --query.base-path.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: true,
    modulePreload: { polyfill: false },
  },
  plugins: [paintAfterStart],
  // `npm run dev` shows the page against a running stack.
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:16686' } },
});
