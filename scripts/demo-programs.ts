import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

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

/** Fills `folder` with the demo services and the forwarder of ports, one file each. What was there is replaced. */
export async function buildDemoPrograms(root: string, folder: string): Promise<string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'protos'), { recursive: true });
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
  // A file without an extension is what the nearest manifest says.
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  return Object.keys(PROGRAMS);
}
