/**
 * `npm run dependencies`. npm runs a script of this name also after every installation, where it has nothing to do, and where
 * what runs TypeScript may not be installed: hence plain JavaScript.
 */
if (/^run/.test(process.env.npm_command ?? '')) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('../tracing-stack/dependencies/src/main.ts');
}
