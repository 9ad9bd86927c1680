import { once } from 'node:events';
import { connect } from 'node:net';

/** Whether somebody listens on a TCP port of `localhost`, by whichever of its addresses. */
export async function takesConnections(port: number): Promise<boolean> {
  const socket = connect({ host: 'localhost', port, autoSelectFamily: true });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
