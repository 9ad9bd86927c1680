import { basename } from 'node:path';
import { watch } from 'chokidar';

export interface FileWatch {
  close(): Promise<void>;
}

/** A save may be several events: editors write a copy, rename it, and set its time. */
const SETTLED_MS = 120;

/** Programs and data; not what editors leave beside them (`.a.ts.swp`, `a.ts~`, `4913`). */
const LEARNERS = /^(?!\.)[^~#]+\.(?:[cm]?[jt]s|json)$/;

/** Calls `onSave` once for each save in a learner's folder, with the name of a file that changed. */
export async function watchFiles(
  folder: string,
  onSave: (name: string) => void,
  settledMs = SETTLED_MS,
): Promise<FileWatch> {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { ignoreInitial: true, ignored: /node_modules/ });
  const take = (path: string) => {
    const name = basename(path);
    if (!LEARNERS.test(name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => onSave(name), settledMs);
  };
  watcher.on('add', take).on('change', take).on('unlink', take);
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', resolve).once('error', reject);
  });
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
