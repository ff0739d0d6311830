// By keyboard alone: Tab reaches everything that can be operated, in an order that ends; what has the focus shows it and nothing
// covers it; what can be opened, chosen and skipped can be so by keys.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open, start } from './lib/browser.mjs';
import { all } from './lib/pages.mjs';
import { sample } from './lib/site.mjs';

let site, browser, context;
before(async () => {
  [site, browser] = await Promise.all([sample(), start()]);
  context = await browser.newContext({ viewport: { width: 360, height: 640 }, reducedMotion: 'reduce' });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** Marks what Tab shall reach with numbers; how many there are. Of radio buttons of one name, one is reached. */
function number() {
  const operable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  const named = new Set();
  const reachable = operable.filter((element) => {
    if (element.disabled || element.type === 'hidden' || element.closest('[hidden]') || element.tabIndex < 0) return false;
    if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return false;
    if (element.type !== 'radio') return true;
    return !named.has(element.name) && named.add(element.name);
  });
  reachable.forEach((element, place) => { element.dataset.reach = place; });
  return reachable.length;
}

/** What is wrong with how the focus shows, if anything. */
function judge() {
  const element = document.activeElement;
  if (element === document.body) return { place: null };
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const shows = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  const box = [...element.getClientRects()].find(({ width, height }) => width > 0 && height > 0);
  // Beyond the edge of the window nobody sees it.
  const inside = box && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const x = inside && (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
  const y = inside && (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const above = inside ? document.elementFromPoint(x, y) : null;
  const isFree = above !== null && (element.contains(above) || above.contains(element));
  const place = element.type === 'radio' ? document.querySelector(`[data-reach][name="${element.name}"]`)?.dataset.reach : element.dataset.reach;
  const name = `${element.tagName.toLowerCase()} “${(element.textContent || element.name || element.id).trim().slice(0, 40)}”`;
  const faults = [!shows && 'shows no focus', !inside && 'is not in view', inside && !isFree && `is covered by ${above?.tagName}`].filter(Boolean);
  return { place: Number(place), faults: faults.map((fault) => `${name} ${fault}`) };
}

test('Tab reaches everything on every template, in view, and shows where it is', async () => {
  const wrong = [];
  let stops = 0;
  const { page } = await open(context, site.origin);
  for (const { path } of all.filter(({ language }) => language === 'vi')) {
    await page.goto(site.origin + path);
    const count = await page.evaluate(number);
    const reached = new Set();
    for (let step = 0; step < count + 5; step++) {
      await page.keyboard.press('Tab');
      const { place, faults } = await page.evaluate(judge);
      if (place === null) break;
      reached.add(place);
      wrong.push(...faults.map((fault) => `${path}: ${fault}`));
    }
    stops += reached.size;
    if (reached.size < count) {
      const missed = await page.evaluate((reached) => [...document.querySelectorAll('[data-reach]')].filter((element) => !reached.includes(Number(element.dataset.reach))).map((element) => element.outerHTML.slice(0, 80)), [...reached]);
      wrong.push(`${path}: not reached: ${missed.slice(0, 3).join(' ')}`);
    }
  }
  console.log(`${stops} stops`);
  assert.deepEqual(wrong, []);
  await page.close();
});

test('the first Tab offers to skip to the content, and does', async () => {
  const { page } = await open(context, site.origin);
  await page.goto(`${site.origin}/thu-tuc/ban-buon-ruou/`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.match(page.url(), /#main_content$/);
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)));
  await page.close();
});

test('details open and close by Enter and Space', async () => {
  const { page } = await open(context, site.origin);
  await page.goto(`${site.origin}/thu-tuc/`);
  const summary = page.locator('main summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  assert.ok(await page.locator('main details').first().evaluate((details) => details.open));
  await page.keyboard.press('Space');
  assert.ok(!(await page.locator('main details').first().evaluate((details) => details.open)));
  await page.close();
});

test('the feedback form is filled in by keys', async () => {
  const { page } = await open(context, site.origin);
  await page.goto(`${site.origin}/gop-y/`);
  await page.locator('input[name=topic]').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  assert.ok(await page.locator('input[name=topic]').nth(1).isChecked());
  await page.locator('textarea').first().focus();
  await page.keyboard.type('Nội dung');
  assert.equal(await page.locator('textarea').first().inputValue(), 'Nội dung');
  await page.close();
});
