import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  choiceFlag,
  hostPortFlag,
  hostPortsFlag,
  ifGiven,
  integerFlag,
  switchFlag,
  textFlag,
} from './flag-kinds.ts';
import { parseCommand, parseFlags, TextRequested } from './flags.ts';

const flags = {
  'query.base-path': textFlag('/', 'Path'),
  'queue-size': integerFlag(10, 'Bytes', 1),
  'admin.http.host-port': hostPortFlag({ host: '127.0.0.1', port: 14269 }, 'Admin'),
  'reporter.grpc.host-port': hostPortsFlag([{ host: 'a', port: 1 }], 'Collectors', { host: 'b' }),
  header: { ...textFlag('', 'Headers'), repeatable: true as const },
  'log-level': choiceFlag(['info', 'debug'], 'info', 'Level'),
  tls: switchFlag('TLS'),
};

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-flags-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

function parse(argv: string[], env: Record<string, string> = {}) {
  return parseFlags({ component: 'collector', summary: 'Takes spans.', flags, argv, env });
}

describe('a setting comes from the flag, else the environment, else the file, else the default', () => {
  test.each([
    { flag: '/flag', env: '/env', inFile: '/file', expected: '/flag' },
    { flag: undefined, env: '/env', inFile: '/file', expected: '/env' },
    { flag: undefined, env: undefined, inFile: '/file', expected: '/file' },
    { flag: undefined, env: '', inFile: '/file', expected: '/file' },
    { flag: undefined, env: undefined, inFile: undefined, expected: '/' },
    { flag: '/flag', env: undefined, inFile: undefined, expected: '/flag' },
  ])('flag $flag, environment $env, file $inFile', async ({ flag, env, inFile, expected }) => {
    const path = await file('order.yaml', inFile ? `query.base-path: ${inFile}\n` : 'other: 1\n');
    const argv = ['--config-file', path, ...(flag ? ['--query.base-path', flag] : [])];
    const values = await parse(argv, env === undefined ? {} : { QUERY_BASE_PATH: env });
    expect(values['query.base-path']).toBe(expected);
  });
});

describe('values keep the type of their flag', () => {
  test.each([
    ['--queue-size=7', 'queue-size', 7],
    ['--queue-size=0012', 'queue-size', 12],
    ['--query.base-path=0012', 'query.base-path', '0012'],
    ['--query.base-path=a=b', 'query.base-path', 'a=b'],
    ['--query.base-path=', 'query.base-path', ''],
    ['--log-level=DEBUG', 'log-level', 'debug'],
    ['--admin.http.host-port=:1', 'admin.http.host-port', { host: '', port: 1 }],
    [
      '--reporter.grpc.host-port=x:1, :2',
      'reporter.grpc.host-port',
      [
        { host: 'x', port: 1 },
        { host: 'b', port: 2 },
      ],
    ],
  ] as const)('%s', async (argument, name, expected) => {
    expect((await parse([argument]))[name]).toEqual(expected);
  });

  test.each([
    [[], false],
    [['--tls'], true],
    [['--tls', '--queue-size=2'], true],
    [['--tls=true'], true],
    [['--tls=0'], false],
    [['--tls', '--tls=false'], false],
  ])('a switch in %j is %s', async (argv, expected) => {
    expect((await parse(argv)).tls).toBe(expected);
  });

  test('the last of several counts', async () => {
    const values = await parse(['--queue-size', '1', '--queue-size', '2']);
    expect(values['queue-size']).toBe(2);
  });

  test('of a repeatable flag all count, each a line, and so does a list in a file', async () => {
    expect((await parse(['--header', 'a, b', '--header=c'])).header).toBe('a, b\nc');
    expect((await parse(['--header', 'a, b'])).header).toBe('a, b');
    const path = await file(
      'lists.yaml',
      'header: ["a, b", c]\nreporter.grpc.host-port: [x:1, y:2]\n',
    );
    const values = await parse(['--config-file', path]);
    expect(values.header).toBe('a, b\nc');
    expect(values['reporter.grpc.host-port']).toEqual([
      { host: 'x', port: 1 },
      { host: 'y', port: 2 },
    ]);
  });
});

test.each([
  [[], {}, undefined],
  [['--at=127.0.0.1:1'], {}, { host: '127.0.0.1', port: 1 }],
  [[], { AT: '127.0.0.1:1' }, { host: '127.0.0.1', port: 1 }],
])(
  'a flag knows whether it was given, also if with its default: %j %j',
  async (argv, env, expected) => {
    const at = ifGiven(hostPortFlag({ host: '127.0.0.1', port: 1 }, 'Where'));
    const values = await parseFlags({ component: 'c', summary: '', flags: { at }, argv, env });
    expect(values.at).toEqual(expected);
  },
);

describe('files hold settings', () => {
  test.each([
    ['flat.yaml', 'query.base-path: /x\nqueue-size: 5\n'],
    ['nested.yaml', 'query:\n  base-path: /x\nqueue-size: "5"\n'],
    ['flat.json', '{"query.base-path": "/x", "queue-size": 5}'],
    ['more.yaml', 'query.base-path: /x\nqueue-size: 5\nof.another.component: 1\nempty:\n'],
  ])('%s', async (name, text) => {
    const path = await file(name, text);
    const values = await parse([], { CONFIG_FILE: path });
    expect(values).toMatchObject({ 'query.base-path': '/x', 'queue-size': 5 });
  });

  test.each([
    ['broken.json', '{"queue-size": ', /^\[collector\] cannot read .*broken\.json: .*[^:]$/],
    ['text.yaml', 'just words', /^\[collector\] cannot read .*text\.yaml: expected settings/],
    [
      'number.json',
      '42',
      /^\[collector\] cannot read .*number\.json: expected settings.* number 42/,
    ],
    ['list.yaml', '- queue-size: 5', /^\[collector\] cannot read .*list\.yaml: .*, got a list/],
    ['empty-list.json', '[]', /^\[collector\] cannot read .*empty-list\.json: .*, got a list/],
    [
      'nested.yaml',
      'header: [{ a: b }]',
      /^\[collector\] cannot read .*nested\.yaml: header is a list of more than texts/,
    ],
    [
      'bad.yaml',
      'queue-size: x',
      /^\[collector\] queue-size in .*bad\.yaml: expected a whole number/,
    ],
  ])('%s is refused with one line', async (name, text, message) => {
    const path = await file(name, text);
    await expect(parse(['--config-file', path])).rejects.toThrow(oneLine(message));
  });

  test.each(['', '# nothing yet\n', 'null'])(
    'a file that says nothing sets nothing: %j',
    async (text) => {
      const path = await file('nothing.yaml', text);
      expect((await parse(['--config-file', path]))['queue-size']).toBe(10);
    },
  );

  test('a file that is not there is refused with one line', async () => {
    const path = join(directory, 'absent.yaml');
    const message = /^\[collector\] cannot read .*absent\.yaml: ENOENT/;
    await expect(parse(['--config-file', path])).rejects.toThrow(oneLine(message));
  });
});

describe('a bad command line is refused with one line', () => {
  test.each([
    [['--nope'], {}, '[collector] Unknown argument: nope; --help lists the flags'],
    [
      ['--nope', '--neither'],
      {},
      '[collector] Unknown arguments: nope, neither; --help lists the flags',
    ],
    [['surplus'], {}, '[collector] Unknown argument: surplus; --help lists the flags'],
    [['--query.base'], {}, '[collector] Unknown argument: query.base; --help lists the flags'],
    [
      ['--queue-size'],
      {},
      '[collector] Not enough arguments following: queue-size; --help lists the flags',
    ],
    [
      ['--queue-size=x'],
      {},
      '[collector] --queue-size: expected a whole number of at least 1, got "x"',
    ],
    [
      ['--queue-size=0'],
      {},
      '[collector] --queue-size: expected a whole number of at least 1, got "0"',
    ],
    [
      ['--queue-size=1e3'],
      {},
      '[collector] --queue-size: expected a whole number of at least 1, got "1e3"',
    ],
    [['--tls=maybe'], {}, '[collector] --tls: expected true or false, got "maybe"'],
    [['--log-level=loud'], {}, '[collector] --log-level: expected one of info, debug, got "loud"'],
    [
      [],
      { QUEUE_SIZE: '-1' },
      '[collector] QUEUE_SIZE: expected a whole number of at least 1, got "-1"',
    ],
    [
      [],
      { ADMIN_HTTP_HOST_PORT: '80' },
      '[collector] ADMIN_HTTP_HOST_PORT: expected HOST:PORT or :PORT, got "80"',
    ],
  ])('%j %j', async (argv, env, message) => {
    await expect(parse(argv, env as Record<string, string>)).rejects.toMatchObject({
      code: 'bad-flag',
      message,
    });
  });
});

describe('text in place of a run', () => {
  test.each(['--help', '-h'])(
    '%s lists each flag with its variable and its default',
    async (ask) => {
      const error = await parse([ask]).catch((thrown: unknown) => thrown);
      const { text } = error as TextRequested;
      expect(error).toBeInstanceOf(TextRequested);
      expect(text).toContain('Takes spans.');
      for (const name of Object.keys(flags)) expect(text).toContain(`--${name}`);
      expect(text).toContain('ADMIN_HTTP_HOST_PORT');
      expect(text).toContain('127.0.0.1:14269');
    },
  );

  test('version names the component', async () => {
    await expect(parse(['version'])).rejects.toMatchObject({ text: 'spoor collector 0.1.0' });
  });
});

/** Matches a message that `pattern` matches and that has no second line. */
function oneLine(pattern: RegExp): RegExp {
  return new RegExp(`${pattern.source}[^\\n]*$`);
}

describe('a program whose command line says more than flags', () => {
  const operands = ['NUM_OF_DAYS', 'http://HOST:PORT'];
  const command = (...argv: string[]) =>
    parseCommand({ component: 'collector', summary: '', flags, argv, env: {}, operands });

  test.each([
    [['14', 'http://h:9200', '--tls']],
    [['--tls=true', '14', 'http://h:9200']],
    [['14', '--tls', '--queue-size', '1', 'http://h:9200']],
  ])('gets it in its order, wherever flags stand: %j', async (argv) => {
    const { flags: values, operands: found } = await command(...argv);
    expect(found).toEqual(['14', 'http://h:9200']);
    expect(values.tls).toBe(true);
  });

  test.each([
    [[], 'expected NUM_OF_DAYS http://HOST:PORT, got nothing'],
    [['14'], 'got 14'],
    [['14', 'http://h:9200', 'more'], 'got 14 http://h:9200 more'],
    [['14', 'http://h:9200', '--nosuch=1'], 'nosuch'],
  ])('refuses %j', async (argv, why) => {
    await expect(command(...argv)).rejects.toThrow(why);
  });

  test('tells what it takes', async () => {
    const text = await command('--help').catch((error: TextRequested) => error.text);
    expect(text).toContain('NUM_OF_DAYS http://HOST:PORT [flags]');
  });
});

test('a program that takes flags alone refuses anything else', async () => {
  await expect(parse(['14'])).rejects.toThrow('14');
});
