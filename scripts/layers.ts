import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** One row of architecture.json: what a workspace may import. */
interface Layer {
  /** `"any"`: tools that look at the whole from outside. */
  readonly may: readonly string[] | 'any';
  /** Only its src/main.ts may import these. */
  readonly main?: readonly string[];
  /** Only its tests may import these. */
  readonly dev?: readonly string[];
}

interface Workspace {
  readonly name: string;
  readonly directory: string;
  readonly layer: Layer;
}

interface Manifest {
  readonly name: string;
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const SCOPE = '@spoor/';
const IMPORT = /(?:\bfrom|\bimport|\bimport\(|\bregister\()\s*['"]([^'"]+)['"]/g;
const SOURCE = /\.(ts|tsx|mts|js|mjs)$/;
/** Tests, and what only tests run. */
const TEST = /(\.test\.tsx?$)|([/\\]testing[/\\])/;
const SKIPPED = new Set(['node_modules', 'dist', 'planted', 'corpus']);

/** Every place where the code under `root` breaks the table of its architecture.json, one line each. */
export function layerViolations(root: string): string[] {
  const table = readJson<{ workspaces: Record<string, Layer> }>(join(root, 'architecture.json'));
  const manifest = readJson<Manifest>(join(root, 'package.json'));
  const directories = manifest.workspaces ?? [];
  const known = new Set<string>();
  const violations = directories.flatMap((directory) => {
    const name = readJson<Manifest>(join(root, directory, 'package.json')).name;
    const short = name.slice(SCOPE.length);
    known.add(short);
    const layer = table.workspaces[short];
    if (layer === undefined) return [`${directory}: ${name} is not in architecture.json`];
    const workspace = { name: short, directory: join(root, directory), layer };
    return [...manifestViolations(root, workspace), ...importViolations(root, workspace)];
  });
  const gone = Object.keys(table.workspaces).filter((name) => !known.has(name));
  return [...violations, ...gone.map((name) => `architecture.json: no workspace ${SCOPE}${name}`)];
}

function manifestViolations(root: string, workspace: Workspace): string[] {
  const file = join(workspace.directory, 'package.json');
  const { dependencies = {}, devDependencies = {} } = readJson<Manifest>(file);
  const { main = [], dev = [] } = workspace.layer;
  const refuse = (names: string[], extra: readonly string[]) =>
    names
      .filter((name) => name.startsWith(SCOPE))
      .filter((name) => !allows(workspace.layer, name.slice(SCOPE.length), extra))
      .map(
        (name) => `${relative(root, file)}: ${SCOPE}${workspace.name} may not depend on ${name}`,
      );
  return [
    ...refuse(Object.keys(dependencies), main),
    ...refuse(Object.keys(devDependencies), [...main, ...dev]),
  ];
}

function importViolations(root: string, workspace: Workspace): string[] {
  return sources(workspace.directory).flatMap((file) => {
    const place = relative(root, file);
    return importsOf(file).flatMap((specifier) => {
      if (specifier.startsWith('.')) {
        const target = resolve(dirname(file), specifier);
        const leaves = !target.startsWith(workspace.directory + sep);
        return leaves ? [`${place}: ${specifier} leaves its workspace`] : [];
      }
      if (!specifier.startsWith(SCOPE)) return [];
      const [name = ''] = specifier.slice(SCOPE.length).split('/');
      if (name === workspace.name || allows(workspace.layer, name, extraFor(file, workspace))) {
        return [];
      }
      return [`${place}: ${SCOPE}${workspace.name} may not import ${specifier} here`];
    });
  });
}

function extraFor(file: string, { directory, layer }: Workspace): readonly string[] {
  const main = layer.main ?? [];
  if (TEST.test(file)) return [...main, ...(layer.dev ?? [])];
  return file === join(directory, 'src', 'main.ts') ? main : [];
}

function allows(layer: Layer, name: string, extra: readonly string[]): boolean {
  return layer.may === 'any' || layer.may.includes(name) || extra.includes(name);
}

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap(([, specifier]) =>
    specifier === undefined ? [] : [specifier],
  );
}

/** The source files of a workspace, without those of a workspace nested in it. */
function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (!entry.isDirectory()) return SOURCE.test(entry.name) ? [path] : [];
    if (SKIPPED.has(entry.name) || existsSync(join(path, 'package.json'))) return [];
    return sources(path);
  });
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
