/**
 * Loaded last before a program's own code (`--import`): lets it go on when the harness says so. Until then the program
 * can be loaded as far as all of them are alike, while what it will need is not there yet.
 */
import { once } from 'node:events';

// With it the largest part of what the lessons' programs load is there.
await import('@spoor/client');
// Else the process would end here, for nothing else keeps it.
process.channel?.ref();
if (process.connected) await once(process, 'message');
process.channel?.unref();
