// The other end of port-bridge.ts: listens, within a network namespace, on the ports that `FOLDER tcp-PORT… udp-PORT…`
// names.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const [folder = '', ...names] = process.argv.slice(2);
for (const name of names) {
  const [protocol, port] = name.split('-');
  if (protocol === 'tcp') {
    const server = createServer({ allowHalfOpen: true }, (from) => {
      const to = connect({ path: join(folder, name), allowHalfOpen: true });
      for (const socket of [from, to])
        socket.on('error', () => {
          from.destroy();
          to.destroy();
        });
      from.pipe(to).pipe(from);
    });
    server.listen(Number(port), '127.0.0.1');
    await once(server, 'listening');
  } else {
    const to = connect(join(folder, name));
    const socket = createSocket('udp4', (datagram) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(datagram.length);
      to.write(Buffer.concat([length, datagram]));
    });
    socket.bind(Number(port), '127.0.0.1');
    await once(socket, 'listening');
  }
}
console.log('bridged');
