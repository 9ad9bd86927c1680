import pino from 'pino';

/** Log levels by Jaeger's `--log-level` names; `silent` is ours. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Fields first, then the message: `logger.info({ port }, 'listening')`. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** For who has none. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** `json`: an object a line. `console`: time, level, message and fields, for people, with tabs between them. */
export const LOG_ENCODINGS = ['json', 'console'] as const;
export type LogEncoding = (typeof LOG_ENCODINGS)[number];

export interface LogDestination {
  write(line: string): void;
}

/** Written at once, so that the last line before an exit is not lost. */
export function standardError(): LogDestination {
  return pino.destination({ fd: 2, sync: true });
}

export interface LoggerOptions {
  readonly name: string;
  readonly level?: LogLevel;
  readonly encoding?: LogEncoding;
  /** Takes each line. Standard error unless given: standard output belongs to what a program prints for people. */
  readonly destination?: LogDestination;
}

/** A logger that writes one line a message, with the time in ISO form and the level by name. */
export function createLogger(options: LoggerOptions): Logger {
  const { name, level = 'info', encoding = 'json', destination = standardError() } = options;
  return pino(
    {
      name,
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    encoding === 'json' ? destination : { write: (line) => destination.write(forPeople(line)) },
  );
}

function forPeople(line: string): string {
  const { level, time, name, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const rest = Object.keys(fields).length > 0 ? `\t${JSON.stringify(fields)}` : '';
  return `${time}\t${level}\t${name}\t${msg}${rest}\n`;
}
