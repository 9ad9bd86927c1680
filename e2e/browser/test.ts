import { test as base, expect } from '@playwright/test';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { type LessonTrace, runLesson3, type Stack } from './lesson-trace.ts';
import { startProgram } from './program.ts';
import { GOOD, SLOW, sendShopTrace } from './shop-traces.ts';

/** Ids of two traces of the same request: one as it should be, one where a call failed and another took long. */
export interface ShopTraces {
  readonly good: string;
  readonly slow: string;
}

/**
 * Playwright's test, with a running stack whose store holds lesson 3's trace, and with the rule that no page complains
 * on its console: an error there is a failure, a refusal by the Content-Security-Policy included.
 */
export const test = base.extend<
  { chromiumOrSkip: undefined; complaints: { allowed: RegExp | undefined } },
  { stack: Stack; lesson: LessonTrace; shop: ShopTraces }
>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      await using program = await startProgram('e2e/browser/stack.ts', /^{.*}$/m);
      await use(JSON.parse(program.ready[0]) as Stack);
    },
    { scope: 'worker' },
  ],
  shop: [
    async ({ stack }, use) =>
      use({
        good: await sendShopTrace(stack, GOOD),
        slow: await sendShopTrace(stack, SLOW, 3_000),
      }),
    { scope: 'worker' },
  ],
  lesson: [async ({ stack }, use) => use(await runLesson3(stack, 0.1)), { scope: 'worker' }],
  baseURL: async ({ stack }, use) => use(`${stack.queryUrl}/`),
  // Before everything that needs a browser: the other automatic fixtures come after it.
  chromiumOrSkip: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use, { skip }) => {
      skip(chromiumPath() === undefined, NO_CHROMIUM);
      await use(undefined);
    },
    { auto: true },
  ],
  complaints: [
    async ({ page }, use) => {
      const complaints = { allowed: undefined as RegExp | undefined };
      const heard: string[] = [];
      page.on('pageerror', (error) => heard.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') heard.push(message.text());
      });
      await use(complaints);
      expect(heard.filter((text) => !complaints.allowed?.test(text))).toEqual([]);
    },
    { auto: true },
  ],
});

/** The same with a second stack, for traces that are so many or so large that they would be in every other test's way. */
export const testApart = test.extend<object, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      await using program = await startProgram('e2e/browser/stack.ts', /^{.*}$/m);
      await use(JSON.parse(program.ready[0]) as Stack);
    },
    { scope: 'worker' },
  ],
});

export { expect };
