import { fileURLToPath } from 'node:url';

/** Set to `true` where a program was bundled into one file: what it reads then lies beside that file. */
declare const SPOOR_BUNDLED: boolean | undefined;

/** Whether this program is one bundled file. */
export const IS_BUNDLED = typeof SPOOR_BUNDLED !== 'undefined' && SPOOR_BUNDLED;

const ROOT = new URL(IS_BUNDLED ? './' : '../../../', import.meta.url);

function fromRoot(bundled: string, checkedOut: string): string {
  return fileURLToPath(new URL(IS_BUNDLED ? bundled : checkedOut, ROOT));
}

/** The folder with the .proto files. */
export const PROTO_DIRECTORY = fromRoot('protos', 'protos');

/** Where our UI was built. */
export const UI_DIRECTORY = fromRoot('ui', 'tracing-stack/ui/dist');
