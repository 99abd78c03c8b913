/** What axe finds on a page, as texts that name the element. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Look = readonly ['light' | 'dark', axe.RunOptions];

async function violations(page: Page, options: axe.RunOptions): Promise<string[]> {
  const run = `axe.run(document, ${JSON.stringify(options)}).then((result) => result.violations)`;
  const found = (await page.evaluate(run)) as axe.Result[];
  return found.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1] ?? ''}`),
  );
}

const LIGHT: Look = ['light', { resultTypes: ['violations'] }];
const WORDS: Look = ['light', { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false } } }];
const DARK: Look = ['dark', { resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'] }];

/** Every rule in light; in dark those about colours, because nothing else changes. Without colours: a second language. */
export async function lookAt(page: Page, hasColours = true): Promise<string[]> {
  await page.evaluate(axe.source);
  // Colours on their way from one to the other are nobody's.
  await page.addStyleTag({ content: '* { transition: none !important; animation: none !important; }' });
  const all: string[] = [];
  for (const [colorScheme, options] of hasColours ? [LIGHT, DARK] : [WORDS]) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    all.push(...(await violations(page, options)).map((text) => `${colorScheme} ${text}`));
  }
  return all;
}
