/** Where the client writes what a person should know. `console` is one; so is a logger made for npm jaeger-client. */
export interface Logger {
  info(message: string): void;
  error(message: string): void;
}

/** Writes lines as Go's standard logger does, which Jaeger's Go client uses: `2026/11/22 17:58:56 message` (local time). */
export function createStdLogger(
  write: (line: string) => void = (line) => process.stderr.write(line),
  now: () => Date = () => new Date(),
): Logger {
  const log = (message: string) => write(`${timestamp(now())} ${message}\n`);
  return { info: log, error: log };
}

/** The logger of a tracer that was given none: standard error. */
export const stdLogger: Logger = createStdLogger();

/** Says the first problem of each kind. What goes wrong again and again is counted, not told again and again. */
export type Complain = (kind: string, message: string) => void;

export function complainOnce(logger: Logger): Complain {
  const told = new Set<string>();
  return (kind, message) => {
    if (told.has(kind)) return;
    told.add(kind);
    logger.error(`[client] ${message}; more of this kind is only counted`);
  };
}

/** What an error says, for a line that begins with the component already. Of whatever was thrown; never throws itself. */
export function reasonOf(error: unknown): string {
  try {
    const message = error instanceof Error ? error.message : error;
    return String(message).replace(/^\[client\] /, '');
  } catch {
    return 'an error that cannot be read';
  }
}

function timestamp(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}/${two(date.getMonth() + 1)}/${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
