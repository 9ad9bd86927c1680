import { endWith, type MainOutput } from './run-main.ts';

/**
 * Runs a program that does one thing and ends: with 0, or with one line on standard error and 1. A signal ends it where it
 * is, so it must be possible to begin again.
 */
export async function runJob(
  component: string,
  job: () => Promise<void>,
  main: MainOutput = process,
): Promise<void> {
  try {
    await job();
    main.exit(0);
  } catch (error) {
    endWith(component, error, main);
  }
}
