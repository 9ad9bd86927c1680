import { loadLessons } from '../lesson-manifest.ts';
import { verifyFlags } from './flags.ts';
import type { Told } from './verify-apart.ts';
import { verifyHere } from './verify-here.ts';

// The gate of one lesson, for a process that has a network of its own and tells another what it finds.
const tell = (told: Told) => new Promise((resolve) => process.send?.(told, resolve));
const flags = verifyFlags(process.argv.slice(2));
const lessons = (await loadLessons()).filter(({ number }) => number === flags.lesson);
const rules = await verifyHere(lessons, flags, (row) => void tell({ row }));
await tell({ rules: [...rules] });
process.exit();
