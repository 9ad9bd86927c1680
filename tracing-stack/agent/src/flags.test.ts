import { parseFlags } from '@spoor/platform';
import { describe, expect, test } from 'vitest';
import { queueOptions, reporterFlags, reporterOptions } from './flags.ts';

const parse = (...argv: string[]) =>
  parseFlags({ component: 'agent', summary: '', flags: reporterFlags, argv, env: {} });

const at = (port: number) => [{ host: '127.0.0.1', port }];

describe('the way to the collectors', () => {
  test.each([
    [[], 'grpc', at(14250)],
    [['--collector.host-port=127.0.0.1:1'], 'tchannel', at(1)],
    [['--reporter.tchannel.host-port=127.0.0.1:2'], 'tchannel', at(2)],
    [['--reporter.type=tchannel'], 'tchannel', at(14267)],
    [['--reporter.type=grpc', '--collector.host-port=127.0.0.1:1'], 'grpc', at(14250)],
    [['--reporter.grpc.host-port=127.0.0.1:3', '--collector.host-port=:1'], 'grpc', at(3)],
    // Written out, the default is no default.
    [['--reporter.grpc.host-port=127.0.0.1:14250', '--collector.host-port=:1'], 'grpc', at(14250)],
  ] as const)('of %j is %s to %j', async (argv, type, collectors) => {
    expect(reporterOptions(await parse(...argv))).toMatchObject({ type, collectors });
  });
});

test.each([
  [[], 5000],
  [['--discovery.conn-check-timeout=1s'], 1000],
  [['--reporter.tchannel.discovery.conn-check-timeout=2s'], 2000],
  [
    ['--discovery.conn-check-timeout=1s', '--reporter.tchannel.discovery.conn-check-timeout=5s'],
    5000,
  ],
] as const)('with %j a connection may take %d ms', async (argv, connectTimeoutMs) => {
  const way = reporterOptions(await parse('--reporter.type=tchannel', ...argv));
  expect(way).toMatchObject({ connectTimeoutMs });
});

test.each([
  [[], true],
  [['--reporter.queue.directory=.spoor/agent-queue'], false],
  [['--reporter.queue.directory=elsewhere'], false],
] as const)('with %j the agent may do without its folder: %s', async (argv, isOptional) => {
  expect(queueOptions(await parse(...argv)).disk).toMatchObject({ isOptional });
});
