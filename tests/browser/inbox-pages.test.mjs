// Every page that the inbox shows, in every look of the matrix: what holds for the site's pages holds for these, too.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { sideways, violations } from './lib/audit.mjs';
import { open, start, withoutScript } from './lib/browser.mjs';
import { serveInbox, withHook } from './lib/inbox.mjs';
import { looks } from './lib/matrix.mjs';
import { SCREENSHOTS, WORK } from './lib/site.mjs';

let browser, inbox;
before(async () => {
  const root = await withHook('inbox-pages', ['hook: inbox', 'endpoint: http://127.0.0.1:1', 'email: gopy@example.gov.vn']);
  // One machine plays everybody here.
  await writeFile(join(root, 'inbox.yaml'), 'limits:\n  feedbacks_per_minute: 1000\n  lookups_per_minute: 1000\n  min_seconds: 0\n');
  [browser, inbox] = await Promise.all([start(), serveInbox(root)]);
  await mkdir(SCREENSHOTS, { recursive: true });
});
after(async () => {
  await browser?.close();
  inbox?.program.kill();
});

/** Goes from page to page as a person does, and stops at each: `look` gets its name. */
async function walk(page, language, look) {
  await page.goto(`${inbox.address}/?language=${language}`);
  await look('form');
  await page.check('[name=topic][value=question]');
  await page.fill('[name=message]', 'Nộp hồ sơ ở đâu?');
  await page.fill('[name=phone]', '12');
  await page.click('form.feedback button');
  await look('form with a fault');
  await page.fill('[name=phone]', '');
  await page.click('form.feedback button');
  await look('check');
  await page.click('form.feedback button');
  await look('receipt');
  const code = await page.textContent('#tracking_code');
  await page.click('a[href^="/track"]');
  await look('track');
  await page.fill('[name=code]', code);
  await page.click('main button');
  await look('state');
  await page.goto(`${inbox.address}/track?language=${language}`);
  await page.fill('[name=code]', 'AAAAA-AAAAA-AAAAA-AAAAA');
  await page.click('main button');
  await look('unknown code');
  await page.goto(`${inbox.address}/nowhere?language=${language}`);
  await look('nothing there');
}

/** Some answers are refusals: the console of a browser says so, which is no fault of the page. */
const isRefusal = (fault) => /^4\d\d: /.test(fault) || fault.startsWith('console: Failed to load resource');

for (const { name, context: options, media, script, language } of looks()) {
  test(name, async () => {
    const context = await browser.newContext(options);
    const { page, faults } = await open(context, inbox.address);
    if (!script) await withoutScript(page);
    const shownOn = (medium) => page.emulateMedia({ media: medium, colorScheme: options.colorScheme, forcedColors: options.forcedColors });
    const wrong = [];
    let seen = 0;
    await walk(page, language, async (at) => {
      seen++;
      // Paper has no form to fill in, so each page is printed where it is, and the walk goes on on the screen.
      await shownOn(media);
      const found = [...(await violations(page, media)), ...(media === 'screen' ? await sideways(page) : []), ...faults.splice(0).filter((fault) => !isRefusal(fault))];
      wrong.push(...found.map((fault) => `${at}: ${fault}`));
      await shownOn('screen');
    });
    await context.close();
    assert.equal(seen, 8);
    assert.deepEqual(wrong, []);
  });
}

test('the Nu checker has nothing against them', async () => {
  const folder = join(WORK, 'inbox-pages');
  await mkdir(folder, { recursive: true });
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const bodies = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'document' && response.status() !== 303) bodies.push(response.body());
  });
  for (const language of ['vi', 'en']) {
    await walk(page, language, (at) => page.screenshot({ path: join(SCREENSHOTS, `inbox ${at}.${language}.png`.replaceAll(' ', '-')), fullPage: true }));
  }
  const pages = await Promise.all(bodies);
  await context.close();
  assert.ok(pages.length >= 16, `only ${pages.length} pages`);
  const paths = pages.map((_, place) => join(folder, `${place}.html`));
  await Promise.all(pages.map((body, place) => writeFile(paths[place], body)));
  const jar = createRequire(import.meta.url)('vnu-jar');
  const { stderr } = await promisify(execFile)('java', ['-Xss4m', '-jar', jar, '--format', 'json', '--exit-zero-always', ...paths], { maxBuffer: 1 << 26 });
  const errors = JSON.parse(stderr).messages.filter(({ type }) => type !== 'info');
  assert.deepEqual(errors.map(({ url, message, extract }) => `${url} ${message} ${extract}`), []);
});
