import { spawn } from 'node:child_process';

/**
 * Opens a page in the browser of this machine's desktop. True if there is one that could be asked; whether it shows
 * the page is not known.
 */
export function openBrowser(
  url: string,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  const command = browserCommand(env, platform);
  if (command === undefined) return Promise.resolve(false);
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/** `undefined` where there is nothing to show a page on, as over SSH. */
export function browserCommand(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): string[] | undefined {
  if (env['BROWSER']) return env['BROWSER'] === 'none' ? undefined : [env['BROWSER']];
  if (platform === 'darwin') return ['open'];
  // `start` takes a first argument in quotes for a title.
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined;
}
