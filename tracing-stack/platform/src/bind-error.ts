import { formatHostPort, type HostPort } from './host-port.ts';
import { type PortHolder, type PortProtocol, portHolder } from './port-holder.ts';
import { UserError } from './user-error.ts';

/** What a component tried to listen on. */
export interface BindTarget extends HostPort {
  readonly component: string;
  readonly protocol: PortProtocol;
  /** The flag that chooses another address, without its dashes. */
  readonly flag?: string | undefined;
}

/** Another process has the port. `holder` is `undefined` if we may not see whose it is. */
export class PortHeldError extends UserError {
  readonly target: BindTarget;
  readonly holder: PortHolder | undefined;

  constructor(target: BindTarget, holder: PortHolder | undefined, options?: ErrorOptions) {
    super('port-held', heldMessage(target, holder), options);
    this.name = 'PortHeldError';
    this.target = target;
    this.holder = holder;
  }
}

function heldMessage(target: BindTarget, holder: PortHolder | undefined): string {
  const who = holder ? `pid ${holder.pid} (${holder.command})` : 'another process';
  const other = target.flag ? `, or choose another port with --${target.flag}` : '';
  return `${cannotBind(target)}: already in use by ${who}; stop it${other}`;
}

function cannotBind(target: BindTarget): string {
  return `[${target.component}] cannot bind ${formatHostPort(target)}`;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied (ports below 1024 need a privileged user)',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
};

/** What `bind` or `listen` failed with, `EADDRINUSE` for one. Errors that know no errno carry it in their text; `''` if none. */
export function bindErrno(cause: unknown): string {
  const { code = '', message = '' } = cause as NodeJS.ErrnoException;
  return /\bE[A-Z_]{4,}\b/.exec(`${code} ${message}`)?.[0] ?? '';
}

/** Turns what `bind` or `listen` failed with into one line for people. */
export async function bindError(target: BindTarget, cause: unknown): Promise<UserError> {
  const errno = bindErrno(cause);
  if (errno === 'EADDRINUSE') {
    return new PortHeldError(target, await portHolder(target.port, target.protocol), { cause });
  }
  const reason = REASONS[errno] ?? (cause instanceof Error ? cause.message : String(cause));
  return new UserError('cannot-bind', `${cannotBind(target)}: ${reason}`, { cause });
}
