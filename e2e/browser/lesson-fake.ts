// What `npm start` serves to the lessons page, in the shapes of its API, for a stack that carries no lessons.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

interface ExpectedSpan {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly parent: string | null;
  readonly tags: Readonly<Record<string, unknown>>;
  readonly logs: readonly Readonly<Record<string, unknown>>[];
}

const EXPECTED: { readonly spans: readonly ExpectedSpan[] } = JSON.parse(
  readFileSync(new URL('../../lessons/03-http/expected.json', import.meta.url), 'utf8'),
);

const WORDS = {
  en: {
    title: 'One trace over HTTP',
    steps: ['A client span', 'Inject', 'Extract', 'Baggage'],
    tag: '`{span}` has no tag `{key}`; the lesson wants `{key}={expected}`.',
    split: 'What should be one trace came as {count}, with the roots {actual}.',
  },
  'zh-CN': {
    title: '一条 trace 跨过 HTTP',
    steps: ['客户端 span', '注入', '提取', 'Baggage'],
    tag: '`{span}` 没有标签 `{key}`；本课要求 `{key}={expected}`。',
    split: '本应是一条 trace，却成了 {count} 条，根为 {actual}。',
  },
} as const;

const HTML = `<h1 id="top">Lesson 3</h1><p>Two programs, <code>one</code> trace, with <code>sleep(1000)</code>.</p>
<h2 id="picture">The picture</h2><p>See <a href="learn/3#steps">the steps</a>.</p>
<pre><code>${'const span = tracer.startSpan(name, rpcServerOption(parent)); '.repeat(4)}
</code></pre><blockquote><p>A header carries it.</p></blockquote>
<h2 id="steps">Steps</h2><ol><li>Inject.</li><li>Extract.</li></ol>
<div class="table"><table><thead><tr><th>Key</th><th>Value</th></tr></thead><tbody><tr><td>httpKey</td><td>httpValue</td></tr></tbody></table></div>`;

const COMMON = "import { inject } from './x.ts';\n\nconst span = start();\n";
const CODE = {
  files: [
    {
      name: 'http-client.ts',
      yours: `${COMMON}inject(root);\nspan.finish();\n`,
      finished: `${COMMON}// What travels becomes the parent.\ninject(span);\nspan.finish();\n`,
    },
    { name: 'http-service1.ts', yours: COMMON, finished: COMMON },
  ],
  today: [{ name: 'http-client.ts', text: 'propagation.inject(context.active(), headers);\n' }],
};

/** One span of a learner: those of `EXPECTED` by their ids, changed. */
interface SpanChange {
  readonly parent?: string;
  readonly traceId?: string;
  readonly tags?: Readonly<Record<string, unknown>>;
  readonly operation?: string;
}

/** The trace of a learner as the query API writes it, `secondsAgo` old; a span that is `null` never came. */
export function learnersTraces(
  changes: Readonly<Record<string, SpanChange | null>> = {},
  secondsAgo = 60,
) {
  const start = (Date.now() - secondsAgo * 1000) * 1000;
  const times: Record<string, [number, number]> = {
    front: [0, 400_000],
    call: [900, 303_000],
    service1: [24_000, 251_000],
    extra: [310_000, 40_000],
  };
  const pairs = (fields: object) => Object.entries(fields).map(([key, value]) => ({ key, value }));
  const traces = new Map<string, { traceID: string; spans: object[]; processes: object }>();
  const [front] = EXPECTED.spans;
  const wanted = [
    ...EXPECTED.spans,
    ...(changes['extra'] && front ? [{ ...front, id: 'extra', tags: {}, logs: [] }] : []),
  ];
  for (const span of wanted) {
    const change = changes[span.id];
    if (change === null) continue;
    const traceID = change?.traceId ?? 'abc0123456789def';
    const parent = change?.parent ?? (change?.traceId ? null : span.parent);
    const [after = 0, duration = 1] = times[span.id] ?? [];
    const trace = traces.get(traceID) ?? { traceID, spans: [], processes: {} };
    traces.set(traceID, trace);
    trace.spans.push({
      traceID,
      spanID: span.id,
      operationName: change?.operation ?? span.name,
      references: parent ? [{ refType: 'CHILD_OF', traceID, spanID: parent }] : [],
      startTime: start + after,
      duration,
      tags: pairs(change?.tags ?? span.tags),
      logs: span.logs.map((fields) => ({
        timestamp: start + after + 5,
        fields: pairs(fields),
      })),
      processID: span.service,
    });
    trace.processes = {
      ...trace.processes,
      [span.service]: { serviceName: span.service, tags: [] },
    };
  }
  return [...traces.values()];
}

export interface FakeLessons {
  /** What the query API has. */
  traces: readonly { readonly traceID: string }[];
  /** What was posted: `3/check`. */
  readonly posted: string[];
  /** To lesson 0's questions, by their ids. */
  readonly answers: Record<string, string>;
  /** Why lesson 0's questions are answered with an error, if they are. */
  refuses: string | undefined;
  /** Tells the page an event, as the server's stream would. */
  tell(event: 'verdict' | 'running' | 'idle' | 'failed', data: object): Promise<void>;
}

const QUESTIONS = [
  { id: 'spans', text: 'How many spans?', right: '7' },
  { id: 'root', text: 'Which is the root?', right: 'push-back' },
];

function questionsOf({ answers }: FakeLessons) {
  return {
    traceId: 'abc0123456789def',
    questions: QUESTIONS.map(({ id, text, right }) => {
      const answer = answers[id] ?? '';
      return {
        id,
        text,
        answer,
        is: answer === '' ? 'open' : answer === right ? 'right' : 'wrong',
      };
    }),
  };
}

export function verdict(more: object) {
  return {
    lesson: 3,
    step: '3.4',
    passed: false,
    steps: ['3.1', '3.2', '3.3', '3.4'].map((id, i) => ({ id, passed: i < 2 })),
    warnings: [],
    hints: [],
    moreHints: true,
    traceIds: [],
    queryUrl: '',
    at: Date.now(),
    took: 1,
    ...more,
  };
}

/** Lets the page find lessons, of whose third `passed` steps are passed. The stream of events is the test's own, so that nothing waits for a clock. */
export async function serveLessons(
  page: Page,
  {
    verdict: firstVerdict,
    passed = 1,
  }: { readonly verdict?: object; readonly passed?: number } = {},
): Promise<FakeLessons> {
  const posted: string[] = [];
  const fake: FakeLessons = { traces: [], posted, answers: {}, refuses: undefined, tell };
  await page.addInitScript(`
    window.EventSource = class extends EventTarget {
      constructor(url) {
        super();
        this.url = url;
        window.lessonEvents = this;
        setTimeout(() => this.dispatchEvent(new Event('open')));
      }
      close() {}
    };
  `);
  await page.route('**/api/lessons**', async (route) => {
    const url = new URL(route.request().url());
    const language = url.searchParams.get('lang') === 'zh-CN' ? 'zh-CN' : 'en';
    const words = WORDS[language];
    const path = url.pathname.replace(/^.*\/api\/lessons\/?/, '');
    if (path === '0/questions' && fake.refuses !== undefined) {
      await route.fulfill({ status: 500, json: { error: fake.refuses } });
      return;
    }
    if (path === '0/questions') {
      const { question, answer } = route.request().postDataJSON();
      if (question) {
        posted.push(`${path} ${question}=${answer}`);
        fake.answers[question] = answer;
      }
      await route.fulfill({ json: questionsOf(fake) });
      return;
    }
    if (route.request().method() === 'POST') {
      posted.push(path);
      await route.fulfill({ status: 202, json: { lesson: 3 } });
      return;
    }
    if (path === '0/code') {
      await route.fulfill({ json: { files: [], today: [] } });
      return;
    }
    if (path === '0') {
      await route.fulfill({
        json: {
          number: 0,
          id: '00-take-off',
          title: 'Take-off',
          minutes: 5,
          steps: [{ id: '0.1', title: 'Round trip', passed: false }],
          html: HTML,
          expected: { spans: [] },
          timeScale: 0.1,
          rules: {},
          next: 3,
        },
      });
      return;
    }
    const glance = {
      number: 3,
      id: '03-http',
      title: words.title,
      minutes: 25,
      steps: words.steps.map((title, i) => ({ id: `3.${i + 1}`, title, passed: i < passed })),
    };
    if (path === '3/code') {
      await route.fulfill({ json: CODE });
      return;
    }
    if (path === '') {
      const others = [0, 1, 2].map((number) => ({
        ...glance,
        number,
        id: `${number}`,
        passedAt: '2026-11-22',
        steps: glance.steps.map((step) => ({ ...step, passed: true })),
      }));
      await route.fulfill({ json: { lessons: [...others, glance] } });
    } else if (path !== '3') await route.fulfill({ status: 404, json: { error: 'no lesson' } });
    else
      await route.fulfill({
        json: {
          ...glance,
          html: HTML,
          expected: EXPECTED,
          timeScale: 0.1,
          rules: {
            'T-SPLIT': { title: '{count} × trace', why: words.split },
            'A-TAG': { title: '`{key}`', why: '{key}={actual}', 'why.MISSING': words.tag },
          },
          ...(firstVerdict && { verdict: firstVerdict }),
        },
      });
  });
  await page.route(/\/api\/traces/, (route) => {
    const [, traceId] = /\/api\/traces\/(\w+)/.exec(route.request().url()) ?? [];
    const data = fake.traces.filter(({ traceID }) => (traceId ?? traceID) === traceID);
    return route.fulfill({ json: { data, errors: null } });
  });
  return fake;

  async function tell(event: string, data: object): Promise<void> {
    const say = { event, text: JSON.stringify(data) };
    await page.evaluate(`lessonEvents.dispatchEvent(
      new MessageEvent(${JSON.stringify(say.event)}, { data: ${JSON.stringify(say.text)} }),
    )`);
  }
}
