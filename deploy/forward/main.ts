// `spoor-forward NAME PORT…`: one address for the ports of however many containers there are of a name.
import { type Forwarder, startForwarder } from './tcp-forwarder.ts';

const [name = '', ...ports] = process.argv.slice(2);
if (name === '' || ports.length === 0 || !ports.every((port) => /^\d{1,5}$/.test(port))) {
  console.error('usage: spoor-forward NAME PORT...');
  process.exit(1);
}
const forwarders: Forwarder[] = [];
for (const port of ports) forwarders.push(await startForwarder({ name, port: Number(port) }));
console.log(`forwarding ${ports.join(', ')} to ${name}`);

const stop = () => void Promise.all(forwarders.map((each) => each.close()));
process.once('SIGINT', stop).once('SIGTERM', stop);
