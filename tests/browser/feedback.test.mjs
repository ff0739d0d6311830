// The built form, sent from a real browser, with and without script, to each hook; and the inbox's own pages.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { open, start } from './lib/browser.mjs';
import { serveInbox, withHook } from './lib/inbox.mjs';
import { SCREENSHOTS, WORK, built, freePort, text } from './lib/site.mjs';

const MESSAGE = 'Chờ quá lâu ở quầy 3.\nXin thêm <ghế>.';

let browser, inbox, receiver;

/** A form service: keeps what it is sent, and says thanks. */
function formService() {
  const taken = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      if (request.method === 'POST') taken.push({ type: request.headers['content-type'], fields: new URLSearchParams(body) });
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>ok</title><p>Cảm ơn');
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ taken, server, address: `http://127.0.0.1:${server.address().port}` }));
  });
}

before(async () => {
  browser = await start();
  receiver = await formService();
  inbox = await serveInbox(await withHook('inbox-home', ['hook: inbox', 'endpoint: http://127.0.0.1:1', 'email: gopy@example.gov.vn']));
  await mkdir(SCREENSHOTS, { recursive: true });
});
after(async () => {
  await browser?.close();
  inbox?.program.kill();
  receiver?.server.closeAllConnections();
  receiver?.server.close();
});

/** A page of a browser; other hosts are what these tests are about, so only what goes wrong on a page counts. */
async function pageOf(javaScriptEnabled) {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 900 } });
  const { page, faults } = await open(context, 'http://127.0.0.1');
  const wrong = () => faults.filter((fault) => !fault.startsWith('another host: http://127.0.0.1:'));
  return { context, page, wrong };
}

async function fill(page) {
  await page.check('[name=topic][value=conduct]');
  await page.fill('[name=message]', MESSAGE);
  await page.fill('[name=email]', 'an@example.vn');
  await page.check('[name=consent_publish]');
}

for (const script of [true, false]) {
  const how = script ? 'with script' : 'without script';

  test(`hook inbox, ${how}: from the form to the receipt and the look-up`, async () => {
    const site = await built(await withHook(`inbox-${script}`, ['hook: inbox', `endpoint: ${inbox.address}`]), `inbox-${script}`);
    const { context, page, wrong } = await pageOf(script);
    await page.goto(`${site.origin}/gop-y/?procedure=2.001624`);
    if (script) assert.match(await page.inputValue('[name=procedure]'), /^2\.001624 /);
    await fill(page);
    await page.click('form.feedback button');
    assert.equal(new URL(page.url()).pathname, '/feedback');
    assert.equal(await page.textContent('.as-typed').then((text) => text.replaceAll('\r', '')), MESSAGE);
    await page.screenshot({ path: join(SCREENSHOTS, `inbox-check.${script}.png`), fullPage: true });
    await page.click('form.feedback button');
    assert.equal(page.url(), `${inbox.address}/receipt?language=vi`);
    const code = await page.textContent('#tracking_code');
    assert.match(code, /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/);
    await page.reload();
    assert.equal(await page.textContent('#tracking_code'), code, 'a reload shows the same');
    await page.screenshot({ path: join(SCREENSHOTS, `inbox-receipt.${script}.png`), fullPage: true });
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.isVisible('#tracking_code'), 'the code is printed');
    await page.emulateMedia({ media: 'screen' });
    await page.click('a[href^="/track"]');
    await page.fill('[name=code]', code.toLowerCase());
    await page.click('main button');
    assert.match(await page.textContent('main'), /Đã tiếp nhận, đang xử lý/);
    assert.ok(!page.url().includes(code));
    await page.screenshot({ path: join(SCREENSHOTS, `inbox-track.${script}.png`), fullPage: true });
    assert.deepEqual(wrong(), []);
    await context.close();
    await site.close();
  });

  test(`hook url, ${how}: a form service gets every field`, async () => {
    const site = await built(await withHook(`url-${script}`, ['hook: url', `endpoint: ${receiver.address}/form`]), `url-${script}`);
    const { context, page, wrong } = await pageOf(script);
    await page.goto(`${site.origin}/en/feedback/`);
    await fill(page);
    await page.click('form.feedback button');
    const { type, fields } = receiver.taken.at(-1);
    assert.equal(type, 'application/x-www-form-urlencoded');
    const names = ['language', 'topic', 'procedure', 'message', 'name', 'email', 'phone', 'consent_publish', 'website'];
    assert.deepEqual([...fields.keys()].sort(), names.sort());
    assert.equal(fields.get('message').replaceAll('\r', ''), MESSAGE);
    assert.deepEqual(['topic', 'language', 'consent_publish', 'website'].map((name) => fields.get(name)), ['conduct', 'en', 'yes', '']);
    assert.deepEqual(wrong(), []);
    await context.close();
    await site.close();
  });

  test(`hooks mailto and none, ${how}: a letter, or where else to go`, async () => {
    const { context, page, wrong } = await pageOf(script);
    const mail = await built(await withHook(`mail-${script}`, ['hook: mailto', 'email: gopy@example.gov.vn']), `mail-${script}`);
    await page.goto(`${mail.origin}/gop-y/`);
    const letter = new URL(await page.getAttribute('a.button', 'href'));
    assert.equal(letter.protocol + letter.pathname, 'mailto:gopy@example.gov.vn');
    assert.equal(await page.locator('form').count(), 0);
    const none = await built(await withHook(`none-${script}`, null), `none-${script}`);
    await page.goto(`${none.origin}/gop-y/`);
    assert.equal(await page.locator('form').count(), 0);
    assert.match(await page.textContent('main'), /chưa nhận góp ý trực tuyến/);
    assert.deepEqual(wrong(), []);
    await context.close();
    await mail.close();
    await none.close();
  });
}

test('with script: faults beside their fields, procedures without accents, a draft that stays', async () => {
  const site = await built(await withHook('comfort', ['hook: inbox', `endpoint: ${inbox.address}`]), 'comfort');
  const { context, page, wrong } = await pageOf(true);
  await page.goto(`${site.origin}/gop-y/`);
  await page.click('form.feedback button');
  assert.equal(await page.locator('.fault').count(), 2, 'the topic and the message');
  await page.fill('[name=email]', 'không phải thư');
  await page.click('form.feedback button');
  assert.equal(await page.locator('.fault').count(), 3);
  await page.screenshot({ path: join(SCREENSHOTS, 'feedback-faults.png'), fullPage: true });
  await page.fill('[name=email]', '');
  await page.fill('[name=procedure]', 'ban buon ruou');
  await page.click('.found button');
  assert.match(await page.inputValue('[name=procedure]'), /rượu/);
  await fill(page);
  await page.reload();
  assert.equal(await page.inputValue('[name=message]'), MESSAGE, 'the draft is there again');
  assert.equal(await page.inputValue('[name=email]'), '', 'who wrote it is not kept');
  await page.click('.draft button');
  await page.reload();
  assert.equal(await page.inputValue('[name=message]'), '', 'and forgotten when asked');
  assert.deepEqual(wrong(), []);
  await context.close();
  await site.close();
});

test('the inbox shows its own form, in English, with what is wrong', async () => {
  const { context, page } = await pageOf(false);
  await page.goto(`${inbox.address}/?language=en`);
  // Without script the browser itself asks for what is missing; a line break of another program gets past it.
  await page.check('[name=topic][value=question]');
  await page.fill('[name=message]', 'Where?');
  await page.fill('[name=phone]', '12');
  await page.click('form.feedback button');
  assert.match(await page.textContent('[role=alert]'), /This is no phone number/);
  assert.equal(await page.inputValue('[name=message]'), 'Where?');
  await page.screenshot({ path: join(SCREENSHOTS, 'inbox-form.en.png'), fullPage: true });
  await page.goto(`${inbox.address}/nowhere`);
  await page.screenshot({ path: join(SCREENSHOTS, 'inbox-words.png'), fullPage: true });
  await context.close();
});

test('the webhook of the manual takes what the form sends', async (t) => {
  const manual = await text('docs/feedback-hook.md');
  const program = manual.match(/```python\n([^]*?)```/)[1];
  const port = await freePort();
  const folder = join(WORK, 'webhook-program');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'hook.py'), program.replace('8080', String(port)));
  const receiver = spawn('python3', ['hook.py'], { cwd: folder, stdio: 'ignore' });
  t.after(() => receiver.kill());
  const site = await built(await withHook('webhook', ['hook: url', `endpoint: http://127.0.0.1:${port}/feedback`]), 'webhook');
  t.after(() => site.close());
  const { context, page } = await pageOf(true);
  await page.goto(`${site.origin}/gop-y/`);
  await fill(page);
  await page.click('form.feedback button');
  assert.equal(await page.textContent('p'), 'Đã nhận góp ý. Cảm ơn bạn.');
  const kept = JSON.parse(await readFile(join(folder, 'feedback.jsonl'), 'utf8'));
  assert.equal(kept.message.replaceAll('\r', ''), MESSAGE);
  assert.equal(kept.consent_publish, 'yes');
  assert.equal((await fetch(`http://127.0.0.1:${port}/feedback`, { method: 'POST', body: 'message=+' })).status, 422);
  await context.close();
});

test('among more procedures than a page can list, the field finds them as the search does', async () => {
  const root = await withHook('many', ['hook: inbox', `endpoint: ${inbox.address}`]);
  const one = await text('content/procedures/ban-buon-ruou.yaml');
  const copy = (number) => writeFile(
    join(root, `content/procedures/thu-${number}.yaml`),
    one.replace(/^code: .*/m, `code: "9.${100000 + number}"`).replace(/^title: .*/m, `title: Thủ tục thử số ${number}`),
  );
  await Promise.all(Array.from({ length: 120 }, (_, number) => copy(number)));
  const site = await built(root, 'many');
  const { context, page, wrong } = await pageOf(true);
  await page.goto(`${site.origin}/gop-y/`);
  assert.equal(await page.locator('datalist').count(), 0, 'too many for the page');
  await page.fill('[name=procedure]', 'ban buon ruou');
  await page.click('.found button');
  assert.match(await page.inputValue('[name=procedure]'), /^\d\.\d+ .*rượu/);
  await page.fill('[name=procedure]', '9.100077');
  await page.click('.found button:has-text("9.100077")');
  assert.match(await page.inputValue('[name=procedure]'), /^9\.100077 /);
  assert.deepEqual(wrong(), []);
  await context.close();
  await site.close();
});
