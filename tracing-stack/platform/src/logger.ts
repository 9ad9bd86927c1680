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

export interface LoggerOptions {
  readonly name: string;
  readonly level?: LogLevel;
  /** Takes each line. Standard error unless given: standard output belongs to what a program prints for people. */
  readonly destination?: { write(line: string): void };
}

/** A logger that writes one JSON object a line, with the time in ISO form and the level by name. */
export function createLogger({ name, level = 'info', destination }: LoggerOptions): Logger {
  return pino(
    {
      name,
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    // Written at once, so that the last line before an exit is not lost.
    destination ?? pino.destination({ fd: 2, sync: true }),
  );
}
