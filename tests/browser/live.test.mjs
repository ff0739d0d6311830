// `serve` with a browser beside it: a save reloads the page and the reader stays where they were, an error lies over the page in the
// terminal's words and goes away once it is mended, and a style sheet comes in without a reload.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

import { open, start } from './lib/browser.mjs';
import { BINARY, WORK, minhbach } from './lib/site.mjs';

const SITE = join(WORK, 'live');
const LANGUAGE = ['--message-language', 'en'];
const PAGE = 'content/pages/mot.md';
const STYLE = 'themes/own/static/style.css';
// Long enough to be scrolled in.
const text = (title) => `---\ntitle: ${title}\n---\n\n${'Một đoạn.\n\n'.repeat(200)}`;

/** Saves a file of the site. */
async function save(path, text) {
  await mkdir(dirname(join(SITE, path)), { recursive: true });
  await writeFile(join(SITE, path), text);
}

let server, origin, browser, context;
before(async () => {
  await rm(SITE, { recursive: true, force: true });
  await mkdir(WORK, { recursive: true });
  await minhbach('init', SITE, '--empty', '-q');
  await save(PAGE, text('Trang một'));
  await save('themes/own/theme.yaml', 'extends: default\n');
  await save(STYLE, 'h1 { color: rgb(1, 2, 3) }\n');
  await save('content/site.yaml', `${await readFile(join(SITE, 'content/site.yaml'), 'utf8')}\ntheme: own\n`);
  server = spawn(BINARY, ['serve', '-p', '0', ...LANGUAGE, '--root', SITE], { stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface({ input: server.stdout });
  for await (const line of lines) {
    origin = line.match(/http:\/\/[^/]+/)?.[0];
    if (origin) break;
  }
  server.stdout.resume();
  browser = await start();
  context = await browser.newContext({ viewport: { width: 800, height: 600 } });
});
after(async () => {
  await browser?.close();
  server?.kill('SIGINT');
});

/** The page, and a mark on it that a reload takes away. */
async function look() {
  const opened = await open(context, origin);
  await opened.page.goto(`${origin}/mot/`);
  await opened.page.evaluate(() => { window.isTheSame = true; });
  return opened;
}
const isTheSame = (page) => page.evaluate(() => window.isTheSame === true);
/** What lies over the page. */
const over = (page) => page.evaluate(() => [...document.body.children].map((child) => child.shadowRoot?.querySelector('[role=alert] pre')?.textContent).find(Boolean) ?? null);
/** Waits until a function of the page gives true, with a stream of events open all the while. */
const until = (page, condition, argument) => page.waitForFunction(condition, argument, { polling: 50 });

test('a save reloads the page, and the reader stays where they were', async () => {
  const { page, faults } = await look();
  await page.evaluate(() => scrollTo({ top: 1500, behavior: 'instant' }));
  await save(PAGE, text('Trang đã sửa'));
  await until(page, () => document.querySelector('h1')?.textContent.includes('Trang đã sửa'));
  await until(page, () => Math.abs(scrollY - 1500) < 5);
  assert.equal(await isTheSame(page), false, 'it was reloaded');
  assert.deepEqual(faults, []);
  await page.close();
});

test('an error lies over the page in the terminal’s words, and goes away once it is mended', async () => {
  const { page, faults } = await look();
  const before = await page.textContent('h1');
  await save(PAGE, text('Trang hỏng').replace('title:', 'titel:'));
  await until(page, () => [...document.body.children].some((child) => child.shadowRoot));
  const told = await over(page);
  const terminal = await minhbach('check', '-q', ...LANGUAGE, '--root', SITE).then(() => assert.fail('it has an error'), ({ stderr }) => stderr);
  assert.equal(told.trim(), terminal.trim());
  assert.ok(await isTheSame(page) && (await page.textContent('h1')) === before, 'the last good page stays below');
  await save(PAGE, text('Trang lành'));
  await until(page, () => document.querySelector('h1')?.textContent.includes('Trang lành'));
  assert.equal(await over(page), null);
  assert.deepEqual(faults, []);
  await page.close();
});

test('a changed style sheet comes in without a reload', async () => {
  const { page, faults } = await look();
  const colour = () => page.evaluate(() => getComputedStyle(document.querySelector('h1')).color);
  assert.equal(await colour(), 'rgb(1, 2, 3)');
  await save(STYLE, 'h1 { color: rgb(9, 8, 7) }\n');
  await until(page, () => getComputedStyle(document.querySelector('h1')).color === 'rgb(9, 8, 7)');
  assert.equal(await isTheSame(page), true, 'it was not reloaded');
  assert.deepEqual(faults, []);
  await page.close();
});
