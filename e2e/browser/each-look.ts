import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

export type Locale = 'en' | 'zh-CN';

/** The tests of `body` in both languages and both themes; `more` stands behind their name. */
export function inEachLook(
  body: (locale: Locale) => void,
  more = '',
  of: Pick<typeof test, 'describe' | 'use'> = test,
): void {
  for (const locale of ['en', 'zh-CN'] as const)
    for (const colorScheme of ['light', 'dark'] as const)
      of.describe(`in ${locale}, in the ${colorScheme} theme${more}`, () => {
        of.use({ colorScheme, locale });
        body(locale);
      });
}

/** Nothing hangs over the right edge of a window so wide, in CSS pixels. */
export async function expectWithin(page: Page, width: number, what?: string): Promise<void> {
  const scrollWidth = await page.evaluate('document.documentElement.scrollWidth');
  expect(scrollWidth, what ?? 'nothing hangs over the edge').toBeLessThanOrEqual(width);
}
