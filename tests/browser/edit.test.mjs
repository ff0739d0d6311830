// The forms of `serve --edit`, as a person uses them: a procedure is made, its faults are mended, its page is seen. On the way axe
// finds nothing, nothing scrolls sideways, and the console is silent.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

import { sideways, violations } from './lib/audit.mjs';
import { open, start } from './lib/browser.mjs';
import { BINARY, SCREENSHOTS, WORK, minhbach } from './lib/site.mjs';

const root = join(WORK, 'edited');
let browser, served, address, origin;

before(async () => {
  await rm(root, { recursive: true, force: true });
  await Promise.all([WORK, SCREENSHOTS].map((folder) => mkdir(folder, { recursive: true })));
  await minhbach('init', root, '-q');
  served = spawn(BINARY, ['serve', '--edit', '-p', '0', '--as-of', '2026-11-23', '--message-language', 'vi', '-r', root], { stdio: ['ignore', 'pipe', 'inherit'] });
  address = await new Promise((resolve) => {
    createInterface({ input: served.stdout }).on('line', (line) => line.includes('token=') && resolve(line.trim()));
  });
  origin = new URL(address).origin;
  browser = await start();
});
after(async () => {
  await browser?.close();
  served?.kill();
});

/** A page with the forms open in it. */
async function desk(options) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'vi-VN', ...options });
  const { page, faults } = await open(context, origin);
  await page.goto(address);
  return { context, page, faults };
}

/** Waits until what was typed has been checked. */
async function checked(page, act) {
  const answered = page.waitForResponse((response) => response.url().includes('/check?'));
  await act();
  await (await answered).finished();
}

const shot = (page, name) => page.screenshot({ path: join(SCREENSHOTS, `edit-${name}.png`) });
const file = (path) => readFile(join(root, 'content', path), 'utf8');

test('a procedure is made, a fault mended, the page seen', async () => {
  const { context, page, faults } = await desk();
  assert.doesNotMatch(page.url(), /token/);
  await page.getByRole('link', { name: /^Thủ tục/ }).click();
  await page.getByRole('link', { name: 'Thêm thủ tục mới' }).click();
  await page.getByLabel('Tên', { exact: true }).fill('Cấp giấy chứng nhận thử');
  assert.equal(await page.getByLabel(/^ID/).inputValue(), 'cap-giay-chung-nhan-thu');
  await page.getByRole('button', { name: 'Tạo bản nháp' }).click();
  assert.match(await page.locator('#summary').innerText(), /lỗi/);
  assert.ok(await page.locator('#preview').isHidden());

  await page.locator('#f-code').fill('2.0016');
  await page.locator('#f-field').selectOption('Lưu thông hàng hóa trong nước');
  await page.locator('#f-online_level').selectOption('partial');
  await page.locator('#f-channels-0-method').selectOption({ label: 'Trực tiếp' });
  await page.locator('[name="channels.0.processing_time~as"]').selectOption('0');
  await page.locator('#f-channels-0-processing_time-value').fill('7,5');
  await page.locator('#f-channels-0-processing_time-unit').selectOption({ label: 'ngày làm việc' });
  await page.locator('[name="channels.0.fees~as"]').selectOption({ label: 'ghi từng khoản' });
  await page.locator('[name="channels.0.fees.0~as"]').selectOption('0');
  await page.locator('#f-channels-0-fees-0-kind').selectOption({ label: 'Lệ phí' });
  await page.locator('#f-channels-0-fees-0-amount').fill('1.200.000');
  await checked(page, () => page.locator('#f-steps-0-text').fill('Nộp đơn.\n\nNhận kết quả.'));

  const told = page.locator('[data-faults-of="code"]');
  await told.locator('.error').waitFor();
  assert.equal(await page.locator('#f-code').getAttribute('aria-invalid'), 'true');
  await shot(page, 'fault');
  await checked(page, () => page.locator('#f-code').fill('2.001699'));
  await page.frameLocator('#preview').getByRole('heading', { name: 'Cấp giấy chứng nhận thử' }).waitFor();
  assert.equal(await told.locator('.error').count(), 0);
  assert.equal(await page.locator('#f-code').getAttribute('aria-invalid'), null);
  await page.frameLocator('#preview').getByText('1.200.000').first().waitFor();
  await shot(page, 'preview');

  await page.getByRole('button', { name: 'Lưu' }).first().click();
  await page.getByText('Đã lưu vào tệp.').waitFor();
  const text = await file('procedures/cap-giay-chung-nhan-thu.yaml');
  assert.match(text, /^code: "2\.001699"$/m);
  assert.match(text, /^ {6}value: 7\.5$/m);
  assert.match(text, /^ +amount: 1200000$/m);
  assert.match(text, /text: \|\n +Nộp đơn\.\n\n +Nhận kết quả\.\n/);
  assert.match(text, /^draft: true$/m);

  await page.getByRole('button', { name: 'Lưu và bỏ nháp' }).click();
  await page.getByText('Đã lưu vào tệp.').waitFor();
  assert.doesNotMatch(await file('procedures/cap-giay-chung-nhan-thu.yaml'), /^draft:/m);
  for (let tries = 0; ; tries++) {
    const answer = await page.request.get(`${origin}/thu-tuc/cap-giay-chung-nhan-thu/`);
    if (answer.status() === 200) break;
    assert.ok(tries < 100, 'the page is on the site');
    await page.waitForTimeout(100);
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test('axe finds nothing on any page of the forms, wide and narrow, light and dark', async () => {
  await writeFile(join(root, 'content', 'agencies', 'hong.yaml'), 'titel: Sai khóa\ncode: [1]\n');
  const paths = ['', '?kind=procedure', '?faulty=1', 'new', 'record?name=site', 'record?name=agency:hong'];
  const records = ['procedure:ban-buon-ruou', 'contact:phong-tiep-cong-dan', 'statistics:to-cao-2026-q3', 'report:dan-van-2026-9-thang', 'answer:gui-gop-y-o-dau', 'page:gioi-thieu', 'update:nghi-le-quoc-khanh-2026', 'document:luat-thuong-mai'];
  const others = ['rename?name=procedure:ban-buon-ruou', 'withdraw?name=procedure:ban-buon-ruou'];
  const wrong = [];
  for (const options of [{ viewport: { width: 1366, height: 900 } }, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }]) {
    const { context, page, faults } = await desk(options);
    for (const path of [...paths, ...records.map((name) => `record?name=${name}`), ...others]) {
      await page.goto(`${origin}/.minhbach/edit/${path}`);
      await page.locator('details').evaluateAll((all) => all.forEach((details) => { details.open = true; }));
      const found = [...(await violations(page)), ...(await sideways(page)), ...faults.splice(0)];
      wrong.push(...found.map((fault) => `${options.viewport.width} ${path}: ${fault}`));
    }
    await shot(page, `narrow-${options.viewport.width}`);
    await context.close();
  }
  await rm(join(root, 'content', 'agencies', 'hong.yaml'));
  assert.deepEqual(wrong, []);
});

test('it works by keyboard, and warns of leaving with something unsaved', async () => {
  const { context, page, faults } = await desk();
  await page.goto(`${origin}/.minhbach/edit/record?name=page:gioi-thieu`);
  await page.locator('#f-title').focus();
  await checked(page, () => page.keyboard.type('!'));
  let asked = false;
  page.on('dialog', (dialog) => { asked = true; dialog.dismiss(); });
  await page.getByRole('link', { name: 'Mọi bản ghi' }).click({ noWaitAfter: true });
  await page.waitForTimeout(300);
  assert.ok(asked, 'leaving is asked about');
  assert.match(page.url(), /name=page:gioi-thieu/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('without script the same is done by buttons', async () => {
  const { context, page } = await desk({ javaScriptEnabled: false });
  await page.goto(`${origin}/.minhbach/edit/record?name=procedure:khuyen-mai-may-rui`);
  await page.locator('button[value="add:applicants"]').click();
  const added = page.locator('textarea[name^="applicants."]').last();
  await added.fill('Hộ kinh doanh thử');
  await page.locator('button[value="save"]').first().click();
  assert.match(await file('procedures/khuyen-mai-may-rui.yaml'), /^ {2}- Hộ kinh doanh thử$/m);
  await context.close();
});
