import { expect, it } from 'vitest';
import { refuseOwnAddress } from './flags.ts';

const at = (host: string, port: number) => ({ host, port });

it.each([
  ['grpc', at('127.0.0.1', 17271), at('127.0.0.1', 17271), true],
  ['grpc', at('127.0.0.1', 17271), at('', 17271), true],
  ['grpc', at('10.0.0.1', 17271), at('', 17271), false],
  ['grpc', at('127.0.0.1', 17272), at('127.0.0.1', 17271), false],
  ['embedded', at('127.0.0.1', 17271), at('127.0.0.1', 17271), false],
])(
  'a store of type %s at %j before the own address %j: refused %s',
  (type, store, own, refused) => {
    const start = () => refuseOwnAddress(type, store, own);
    if (refused) expect(start).toThrow('it would ask itself without end');
    else expect(start).not.toThrow();
  },
);
