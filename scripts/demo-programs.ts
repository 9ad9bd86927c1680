import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { clearBuilt } from './built-folder.ts';

/** The programs of the image beside the tracing stack's, by their sources. */
const PROGRAMS = {
  'demo-http-client': 'services/src/http-client.ts',
  'demo-http-service1': 'services/src/http-service1.ts',
  'demo-greeter': 'services/src/greeter.ts',
  'spoor-forward': 'deploy/forward/main.ts',
} as const;

/** What the demo services read at run time. */
const PROTOS = ['helloworld.proto', 'health.proto'];

/** To everything bundled it is as if it stood in the checkout, at this depth, with `folder` for the checkout. */
const BANNER = `#!/usr/bin/env node
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const bundleUrl = new URL('./services/src/grpc/bundle.js', import.meta.url).href;`;

/**
 * Fills `folder` with the demo services and the forwarder of ports, one file each. Throws a `FolderInUseError` rather
 * than fill a folder of somebody's.
 */
export async function buildDemoPrograms(root: string, folder: string): Promise<string[]> {
  await clearBuilt(folder, { type: 'module', names: [...Object.keys(PROGRAMS), 'protos'] });
  await mkdir(join(folder, 'protos'));
  for (const [name, source] of Object.entries(PROGRAMS)) {
    const outfile = join(folder, name);
    await build({
      entryPoints: [join(root, source)],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      // The services await at top level, which CommonJS cannot.
      format: 'esm',
      banner: { js: BANNER },
      define: { 'import.meta.url': 'bundleUrl' },
      logLevel: 'warning',
    });
    await chmod(outfile, 0o755);
  }
  for (const file of PROTOS)
    await copyFile(join(root, 'protos', file), join(folder, 'protos', file));
  return Object.keys(PROGRAMS);
}
