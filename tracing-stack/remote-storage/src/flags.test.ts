import { expect, it } from 'vitest';
import { refuseOwnAddress } from './flags.ts';

const at = (host: string, port: number) => ({ host, port });

// Which addresses are its own: platform's isOwnAddress.
it.each([
  ['grpc', at('localhost', 17271), at('', 17271), true],
  ['grpc', at('127.0.0.1', 17272), at('127.0.0.1', 17271), false],
  ['embedded', at('127.0.0.1', 17271), at('127.0.0.1', 17271), false],
])(
  'a store of type %s at %j before the own address %j: refused %s',
  async (type, store, own, refused) => {
    const asked = refuseOwnAddress(type, store, own);
    if (refused) await expect(asked).rejects.toThrow('it would ask itself without end');
    else await expect(asked).resolves.toBeUndefined();
  },
);
