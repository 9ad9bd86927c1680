/**
 * Loaded into each service before its own code (`--import`): when the harness goes away in whatever manner, the channel
 * to it closes, and the service gets the same SIGTERM as at an orderly end. So no process is left behind.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The channel alone must not keep a service alive that has finished.
process.channel?.unref();
