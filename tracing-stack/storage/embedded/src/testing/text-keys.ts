// For a test: bundled as the executables are, it writes a key with texts into the folder that it is given, and reads it twice.
import { open } from 'lmdb';

async function main(path: string): Promise<void> {
  const rows = open<number, string[]>({ path });
  await rows.put(['trace', '00000000001793-20261129', 'a trace id of some length'], 1);
  console.log(JSON.stringify([...rows.getKeys(), ...rows.getKeys()]));
  await rows.close();
}

void main(process.argv[2] ?? '');
