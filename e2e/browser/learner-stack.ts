import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { CHECKOUT, NetworkNamespace, type Running } from '../network-namespace.ts';
import { CHROMIUM_ARGS } from './chromium.ts';

/** `npm start` for a learner with a folder of their own, on the lessons' ports in a network of its own, and a browser in it. */
export interface LearnerStack extends AsyncDisposable {
  /** The learner's folder, which goes with the stack. */
  readonly root: string;
  readonly namespace: NetworkNamespace;
  readonly stack: Running;
  readonly browser: Browser;
  /** The environment in which the lessons' programs know that folder. */
  readonly env: Readonly<Record<string, string>>;
}

export async function startLearnerStack(chromiumPath: string): Promise<LearnerStack> {
  const root = await mkdtemp(join(tmpdir(), 'spoor-learner-'));
  await symlink(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'));
  await writeFile(join(root, 'package.json'), '{ "type": "module" }\n');
  const env = {
    SPOOR_LEARNER_ROOT: root,
    EMBEDDED_DIRECTORY: join(root, 'data'),
    BROWSER: 'none',
  };
  const namespace = await NetworkNamespace.open();
  let browser: Browser | undefined;
  const end = async () => {
    await browser?.close();
    await namespace[Symbol.asyncDispose]();
    await rm(root, { recursive: true, force: true });
  };
  try {
    const stack = namespace.run(['npm', 'start'], env);
    await stack.until(/Ctrl-C ends it/);
    const executablePath = await inNamespace(chromiumPath, namespace, root);
    browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
    return { root, env, namespace, stack, browser, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** A program that runs another in the namespace; Playwright wants a file to start, and talks to it through pipes. */
async function inNamespace(
  program: string,
  { pid }: NetworkNamespace,
  folder: string,
): Promise<string> {
  const file = join(folder, 'chromium.sh');
  const enter = `nsenter -t ${pid} -U -n --preserve-credentials`;
  await writeFile(file, `#!/bin/sh\nexec ${enter} '${program}' "$@"\n`);
  await chmod(file, 0o755);
  return file;
}
