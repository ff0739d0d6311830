// One page of each template in every look of the matrix, of which the language is a part: axe finds nothing, nothing scrolls sideways, the console is
// silent, and nothing is asked of another host.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { sideways, violations } from './lib/audit.mjs';
import { open, start, withoutScript } from './lib/browser.mjs';
import { looks } from './lib/matrix.mjs';
import { all } from './lib/pages.mjs';
import { sample } from './lib/site.mjs';

let site, browser;
before(async () => {
  [site, browser] = await Promise.all([sample(), start()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

for (const { name, context: options, media, script, language } of looks()) {
  test(name, async () => {
    const context = await browser.newContext(options);
    const { page, faults } = await open(context, site.origin);
    if (!script) await withoutScript(page);
    await page.emulateMedia({ media, colorScheme: options.colorScheme, forcedColors: options.forcedColors });
    const wrong = [];
    for (const { path } of all.filter((page) => page.language === language)) {
      const query = path.includes('tim-kiem') || path.includes('search') ? '?q=giay+phep' : '';
      await page.goto(site.origin + path + query, { waitUntil: query ? 'networkidle' : 'load' });
      // On paper a page is as wide as the sheet; there is nothing to scroll.
      const found = [...(await violations(page, media)), ...(media === 'screen' ? await sideways(page) : []), ...faults.splice(0)];
      wrong.push(...found.map((fault) => `${path}: ${fault}`));
    }
    await context.close();
    assert.deepEqual(wrong, []);
  });
}
