// The table of pages is whole, and each is kept as a picture to look at.

import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { start } from './lib/browser.mjs';
import { NO_PAGES, PAGES, all } from './lib/pages.mjs';
import { ROOT, SCREENSHOTS, sample } from './lib/site.mjs';

let site, browser;
before(async () => {
  [site, browser] = await Promise.all([sample(), start()]);
  await mkdir(SCREENSHOTS, { recursive: true });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

test('every template has its pages in the table', async () => {
  const templates = await readdir(join(ROOT, 'themes/default/templates'));
  assert.deepEqual(templates.sort(), [...Object.keys(PAGES), ...NO_PAGES].sort());
});

for (const [name, options] of Object.entries({
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
  desk: { viewport: { width: 1280, height: 800 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
})) {
  test(`pictures: ${name}`, async () => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    for (const { template, language, path } of all) {
      const response = await page.goto(site.origin + path);
      assert.equal(response.status(), 200, path);
      await page.screenshot({ path: join(SCREENSHOTS, `${template.replace('.html', '')}.${language}.${name}.png`), fullPage: true });
    }
    await context.close();
  });
}
