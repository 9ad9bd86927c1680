import { chmod, copyFile, cp, mkdir, readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { clearBuilt } from './built-folder.ts';

/** The components that are programs of their own; each is jaeger-NAME. */
export const COMPONENTS = [
  'agent',
  'collector',
  'query',
  'remote-storage',
  'all-in-one',
  'dependencies',
  'es-index-cleaner',
  'es-rollover',
] as const;

/** Where the prebuilt addons lie beside the executables: LMDB's, and that of the lock on a folder. */
export const LMDB = 'lmdb';
const LOCKS = 'fs-native-extensions';

/**
 * How LMDB's keys are read: by code that is evaluated and names variables around it. esbuild renames those of a module, and
 * keeps those of CommonJS; renamed, the first text in a key would overwrite a function of lmdb's.
 */
const ORDERED_BINARY = createRequire(import.meta.url).resolve('ordered-binary');

/** The executables, by name. */
const EXECUTABLES = new Map(COMPONENTS.map((component) => [`jaeger-${component}`, component]));
/** What they read. */
const BESIDE = ['ui', 'protos', LMDB, LOCKS, 'LICENSE'];

export const PLATFORM = `${process.platform}-${process.arch}`;

export interface Built {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Fills `folder` with the executables and what they read: the .proto files, the UI, and the addons for this machine's
 * platform. Throws a `FolderInUseError` rather than fill a folder of somebody's.
 */
export async function buildBinaries(root: string, folder: string): Promise<Built[]> {
  const ui = join(root, 'tracing-stack/ui/dist');
  await stat(join(ui, 'index.html')).catch((cause) => {
    throw new Error('the UI is not built: npm run build:ui', { cause });
  });
  await clearBuilt(folder, { type: 'commonjs', names: [...EXECUTABLES.keys(), ...BESIDE] });
  const built: Built[] = [];
  for (const [name, component] of EXECUTABLES) {
    const outfile = join(folder, name);
    await bundle(join(root, 'tracing-stack', component, 'src/main.ts'), outfile);
    await chmod(outfile, 0o755);
    built.push({ name, bytes: (await stat(outfile)).size });
  }
  await cp(ui, join(folder, 'ui'), { recursive: true });
  await copyProtos(join(root, 'protos'), join(folder, 'protos'));
  const packages = join(root, 'node_modules');
  await copyAddons(join(packages, `@lmdb/lmdb-${PLATFORM}`), join(folder, LMDB, PLATFORM));
  await copyAddons(join(packages, LOCKS, 'prebuilds', PLATFORM), join(folder, LOCKS, PLATFORM));
  await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  return built;
}

/** Nothing is external but Node's own modules. CommonJS, because a file without an extension is that everywhere, and half of what is bundled is too. */
export async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    plugins: [lmdbAddon, lockAddon],
    alias: { 'ordered-binary': ORDERED_BINARY },
    banner: {
      js: '#!/usr/bin/env node\nconst bundleUrl = require("node:url").pathToFileURL(__filename).href;',
    },
    define: { 'import.meta.url': 'bundleUrl', SPOOR_BUNDLED: 'true' },
    logLevel: 'warning',
  });
}

/** lmdb looks for its addon among the packages; here it lies beside the program, under the same file names. */
const lmdbAddon: Plugin = {
  name: 'lmdb-addon',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node-gyp-build-optional-packages$/ }, ({ path }) => ({
      path,
      namespace: 'lmdb-addon',
    }));
    onLoad({ filter: /.*/, namespace: 'lmdb-addon' }, () => ({
      contents: LOAD_ADDON,
      loader: 'js',
    }));
  },
};

/** The addon for this Node's ABI, else the one for every Node. */
const LOAD_ADDON = `
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
module.exports = function loadAddon() {
  const folder = join(__dirname, '${LMDB}', process.platform + '-' + process.arch);
  const libc = process.platform !== 'linux' ? ''
    : process.report.getReport().header.glibcVersionRuntime ? '.glibc' : '.musl';
  for (const abi of ['abi' + process.versions.modules, 'napi']) {
    const file = join(folder, 'node.' + abi + libc + '.node');
    if (existsSync(file)) return require(file);
  }
  const there = existsSync(folder) ? readdirSync(folder).join(', ') : 'nothing';
  throw new Error('no LMDB addon for this Node in ' + folder + ': ' + there);
};
`;

/** This package's addon, too, is looked for beside the program. */
const lockAddon: Plugin = {
  name: 'lock-addon',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]fs-native-extensions[/\\]binding\.js$/ }, () => ({
      contents: `
        const platform = process.platform + '-' + process.arch;
        module.exports = require(require('node:path').join(__dirname, '${LOCKS}', platform, '${LOCKS}.node'));
      `,
      loader: 'js',
    }));
  },
};

async function copyProtos(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const file of await readdir(from)) {
    if (file.endsWith('.proto')) await copyFile(join(from, file), join(to, file));
  }
}

/** A package of addons holds other files, too. */
async function copyAddons(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const file of await readdir(from)) {
    if (file.endsWith('.node')) await copyFile(join(from, file), join(to, file));
  }
}
