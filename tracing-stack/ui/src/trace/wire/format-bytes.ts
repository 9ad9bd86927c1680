import { text } from '../../i18n/text.ts';

const KIBI = 1024;

/** `521 B`, `4 MiB`: whole where it is, else to a tenth. */
export function formatBytes(bytes: number): string {
  if (bytes < 10 * KIBI) return `${text().number(bytes)} B`;
  const [size, unit] = bytes < KIBI * KIBI ? [bytes / KIBI, 'KiB'] : [bytes / KIBI / KIBI, 'MiB'];
  return `${Number(size.toFixed(1))} ${unit}`;
}
