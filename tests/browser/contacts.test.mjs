// Contact cards in a browser: what can be called, written to and found on a map; and, with script, what is open at this moment.

import assert from 'node:assert/strict';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { violations } from './lib/audit.mjs';
import { open, start } from './lib/browser.mjs';
import { ROOT, SCREENSHOTS, WORK, built } from './lib/site.mjs';

/** A counter with everything that a card can have. */
const COUNTER = `title: Quầy thử
type: office
accepts: [question]
address:
  street: 01 Phố Thử
  commune: Phường Thử
  province: Tỉnh Thử
  latitude: 18.34
  longitude: 105.9
phones:
  - {number: "0239 3855 555", extension: "12"}
email: quay@example.gov.vn
hours:
  - {days: [monday, tuesday, wednesday, thursday, friday], opens: "07:30", closes: "11:30"}
  - {days: [monday, tuesday, wednesday, thursday, friday], opens: "13:30", closes: "17:00"}


`;

let site, browser;
before(async () => {
  const root = join(WORK, 'counter-home');
  await rm(root, { recursive: true, force: true });
  await mkdir(SCREENSHOTS, { recursive: true });
  await cp(join(ROOT, 'content'), join(root, 'content'), { recursive: true });
  await writeFile(join(root, 'content/contacts/quay-thu.yaml'), COUNTER);
  [site, browser] = await Promise.all([built(root, 'counter'), start()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** The counter's card as the browser shows it at a moment, to somebody who is elsewhere in the world. */
async function cardAt(moment) {
  const context = await browser.newContext({ timezoneId: 'America/New_York', viewport: { width: 360, height: 740 } });
  const { page, faults } = await open(context, site.origin);
  await page.clock.setFixedTime(new Date(moment));
  await page.goto(`${site.origin}/dia-chi/`);
  const card = page.locator('.card, article, section').filter({ hasText: 'Quầy thử' }).filter({ has: page.locator('.hours') }).last();
  return { context, page, card, faults };
}

test('a phone is called, a letter opened, a map followed, nothing of it loaded from elsewhere', async () => {
  const { context, page, card, faults } = await cardAt('2026-11-25T08:00:00+07:00');
  const links = await card.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  assert.ok(links.some((href) => /^tel:\+842393855555(;ext=12|,12)?$/.test(href)), links.join(' '));
  assert.ok(links.includes('mailto:quay@example.gov.vn'), links.join(' '));
  const map = links.find((href) => href.startsWith('https://'));
  assert.match(map, /18\.34.*105\.9/);
  assert.deepEqual(faults, []);
  assert.deepEqual(await violations(page), []);
  await page.screenshot({ path: join(SCREENSHOTS, 'contacts-open.png'), fullPage: true });
  await context.close();
});

const OPEN = /Đang mở cửa/;
for (const [moment, isOpen, why] of [
  ['2026-11-25T07:30:00+07:00', true, 'a Wednesday morning, on the minute'],
  ['2026-11-25T12:00:00+07:00', false, 'noon'],
  ['2026-11-25T16:59:00+07:00', true, 'the last minute'],
  ['2026-11-25T17:00:00+07:00', false, 'closing time'],
  ['2026-11-28T09:00:00+07:00', false, 'a Saturday'],
  ['2026-09-02T09:00:00+07:00', false, 'a holiday on a Wednesday'],
]) {
  test(`open now: ${why}`, async () => {
    const { context, card, faults } = await cardAt(moment);
    const tag = await card.locator('.hours .tag').first().textContent();
    assert.equal(OPEN.test(tag), isOpen, tag);
    assert.deepEqual(faults, []);
    await context.close();
  });
}
