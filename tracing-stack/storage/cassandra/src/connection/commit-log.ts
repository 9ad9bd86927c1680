import type { Logger } from '@spoor/platform';
import type { Client } from 'cassandra-driver';

/**
 * Says if the server answers a write before its disk has it, as Cassandra does unless it is told otherwise: then a write that
 * was acknowledged by one server is lost if that ends within the next moments.
 */
export async function sayHowDurable(client: Client, logger: Logger): Promise<void> {
  try {
    const { rows } = await client.execute(
      "SELECT value FROM system_views.settings WHERE name = 'commitlog_sync'",
    );
    if (rows[0]?.['value'] !== 'periodic') return;
    const advice =
      'set commitlog_sync to batch or group there, or ask for the answers of several copies';
    logger.warn(
      { commitlogSync: 'periodic' },
      `Cassandra answers before its disk has a write: ${advice}`,
    );
  } catch (error) {
    // Cassandra before 4.0 has no such table, and not every user may read it.
    logger.debug({ err: error }, 'how Cassandra writes its commit log is not known');
  }
}
