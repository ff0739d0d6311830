// The search page as a person uses it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open, start } from './lib/browser.mjs';
import { sample } from './lib/site.mjs';

let site, browser, context;
before(async () => {
  [site, browser] = await Promise.all([sample(), start()]);
  context = await browser.newContext({ viewport: { width: 360, height: 740 } });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** Opens the page for a query; what stands in the list, and what a screen reader is told. */
async function searched(query, path = '/tim-kiem/') {
  const { page, faults } = await open(context, site.origin);
  await page.goto(`${site.origin}${path}?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => /\d|“/.test(document.querySelector('#search_results [role=status]').textContent));
  const names = await page.locator('.hits .item-title a').allTextContents();
  const told = await page.locator('#search_results [role=status]').textContent();
  return { page, names, told, faults };
}

const cases = [
  ['thu tuc dang ky', /đăng ký/i],
  ['ban buon ruou', /bán buôn rượu/i],
  ['2.001624', /bán buôn rượu/i],
  ['105/2017', /Về kinh doanh rượu/],
  ['giay phpe ban buon', /giấy phép bán buôn/i],
  ['hòm thư góp ý', /Hòm thư góp ý/],
  ['ddawng kys khuyeens maij', /khuyến mại/i],
  ['d9ang8 ky1 khuye6n1 mai4', /khuyến mại/i],
  ['bannbuon ruou', /rượu/i],
];
for (const [query, first] of cases) {
  test(`“${query}” finds ${first}`, async () => {
    const { page, names, told, faults } = await searched(query);
    assert.match(names[0] ?? told, first);
    assert.match(told, new RegExp(`${names.length}`));
    assert.deepEqual(faults, []);
    await page.close();
  });
}

test('exact accents come first', async () => {
  const { page } = await searched('cấp');
  const titles = await page.locator('.hits .item-title').allTextContents();
  assert.match(titles[0], /cấp/i);
  await page.close();
});

test('what is found is marked, as text', async () => {
  const { page } = await searched('rượu <img>');
  assert.equal(await page.locator('.hits img').count(), 0);
  const marks = await page.locator('.hits mark').allTextContents();
  assert.ok(marks.some((mark) => mark.toLowerCase() === 'rượu'), marks.join('|'));
  await page.close();
});

test('a hit leads to its page, and going back leads to the hits', async () => {
  const { page } = await searched('rượu', '/en/search/');
  await page.locator('.hits a').first().click();
  await page.waitForURL(/\/en\/(documents|procedures)\//);
  await page.goBack();
  await page.waitForSelector('.hits a');
  assert.equal(await page.inputValue('#search_words'), 'rượu');
  await page.close();
});

test('kind narrows, and says so in the address', async () => {
  const { page } = await searched('xăng dầu');
  const all = await page.locator('.hits li').count();
  await page.selectOption('#search_kind', 'document');
  await page.waitForFunction((all) => document.querySelectorAll('.hits li').length < all, all);
  assert.match(page.url(), /kind=document/);
  for (const href of await page.locator('.hits a').evaluateAll((links) => links.map((link) => link.pathname))) assert.match(href, /^\/van-ban\//);
  await page.close();
});

test('nothing found gives help, and the way to everything', async () => {
  const { page, told } = await searched('blockchain');
  assert.match(told, /Không tìm thấy/);
  assert.ok(await page.locator('.help').isVisible());
  assert.ok(await page.locator('#search_browse').isVisible());
  await page.close();
});

test('the form works by keyboard alone, without leaving the page', async () => {
  const { page, faults } = await open(context, site.origin);
  await page.goto(`${site.origin}/tim-kiem/`);
  await page.focus('#search_words');
  await page.keyboard.type('khuyen mai');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hits a');
  assert.match(page.url(), /\?q=khuyen\+mai$/);
  assert.deepEqual(faults, []);
  await page.close();
});

test('where the data cannot be loaded, the page says so and shows the lists', async () => {
  const { page } = await open(context, site.origin);
  await page.route('**/index.json', (route) => route.fulfill({ status: 500 }));
  await page.goto(`${site.origin}/tim-kiem/?q=ruou`);
  await page.waitForFunction(() => /Không tải được/.test(document.querySelector('#search_results [role=status]').textContent));
  assert.ok(await page.locator('#search_browse').isVisible());
  await page.close();
});

test('without JavaScript everything is listed', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${site.origin}/tim-kiem/?q=ruou`);
  assert.ok(await page.locator('noscript p').isVisible());
  assert.ok((await page.locator('#search_browse a[href^="/thu-tuc/"]').count()) > 10);
  await plain.close();
});
