/** What axe finds on a page, as texts that name the element. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

async function violations(page: Page, options: axe.RunOptions): Promise<string[]> {
  const run = `axe.run(document, ${JSON.stringify(options)}).then((result) => result.violations)`;
  const found = (await page.evaluate(run)) as axe.Result[];
  return found.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1] ?? ''}`),
  );
}

type Scheme = 'light' | 'dark';

const ALL: axe.RunOptions = { resultTypes: ['violations'] };
const COLOURS: axe.RunOptions = { ...ALL, runOnly: ['color-contrast', 'link-in-text-block'] };

/** Every rule in the first scheme; in others those about colours, because nothing else changes. */
export async function lookAt(page: Page, schemes: readonly Scheme[] = ['light', 'dark']): Promise<string[]> {
  await page.evaluate(axe.source);
  // Colours on their way from one to the other are nobody's.
  await page.addStyleTag({ content: '* { transition: none !important; animation: none !important; }' });
  const all: string[] = [];
  for (const [index, colorScheme] of schemes.entries()) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    const found = await violations(page, index === 0 ? ALL : COLOURS);
    all.push(...found.map((text) => `${colorScheme} ${text}`));
  }
  return all;
}
