// What real data has and nobody designs for: a name of 1,192 characters, one very long word, a table of 70 papers, a text of 44,591
// characters, a record that was withdrawn. On the smallest phone nothing scrolls sideways and axe finds nothing.

import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { sideways, violations } from './lib/audit.mjs';
import { open, start } from './lib/browser.mjs';
import { SCREENSHOTS, WORK, built, minhbach } from './lib/site.mjs';

const long = (text, length) => text.repeat(Math.ceil(length / text.length)).slice(0, length).trim();
const quoted = (text) => JSON.stringify(text);
const procedure = (code, more) => `code: "${code}"\nfield: Thử nghiệm\nonline_level: none\nchannels:\n  - method: direct\n${more}`;

const RECORDS = {
  'procedures/ten-dai.yaml': `title: ${quoted(long('Đăng ký biến động quyền sử dụng đất và tài sản gắn liền với đất ', 1192))}\n${procedure('1.000001', 'steps:\n  - text: Nộp hồ sơ.\n')}`,
  'procedures/tu-dai.yaml': `title: ${quoted(long('Đ', 300))}\nsummary: ${quoted(long('https://example.gov.vn/', 400))}\n${procedure('1.000002', `steps:\n  - title: ${long('x', 200)}\n    text: ${long('y', 500)}\n`)}`,
  'procedures/nhieu-giay-to.yaml': `title: Bảy mươi giấy tờ\n${procedure('1.000003', 'steps:\n  - text: Nộp hồ sơ.\n')}dossiers:\n  - documents:\n${Array.from({ length: 70 }, (_, place) => `      - {name: ${quoted(long(`Giấy tờ số ${place + 1} chứng minh điều kiện `, 20 + ((place * 37) % 400)))}, originals: 1, copies: ${place % 4}}\n`).join('')}`,
  'procedures/chu-nhieu.yaml': `title: Rất nhiều chữ\n${procedure('1.000004', `steps:\n  - text: ${quoted(long('Tổ chức, cá nhân nộp hồ sơ theo quy định. ', 44591))}\n`)}requirements: ${quoted(`| Cột một | ${Array.from({ length: 12 }, (_, place) => `Cột ${place}`).join(' | ')} |\n|${'---|'.repeat(13)}\n| ${long('Ô rất dài ', 120)} |${' ô |'.repeat(12)}\n`)}\n`,
  'pages/da-go.yaml': 'title: Trang đã gỡ\nwithdrawn: {on: 2026-01-01, reason: Đăng nhầm}\n',
};
const PATHS = ['/thu-tuc/ten-dai/', '/thu-tuc/tu-dai/', '/thu-tuc/nhieu-giay-to/', '/thu-tuc/chu-nhieu/', '/da-go/', '/thu-tuc/', '/tim-kiem/', '/tim-kiem/?q=dang+ky+bien+dong', '/tim-kiem/?q=ddddddddd'];

let site, browser;
before(async () => {
  const root = join(WORK, 'hard');
  await rm(root, { recursive: true, force: true });
  await minhbach('init', root, '--empty');
  for (const [name, text] of Object.entries(RECORDS)) {
    await mkdir(join(root, 'content', name, '..'), { recursive: true });
    await writeFile(join(root, 'content', name), text);
  }
  await mkdir(SCREENSHOTS, { recursive: true });
  [site, browser] = await Promise.all([built(root, 'hard-site'), start()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

for (const path of PATHS) {
  test(path, async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
    const { page, faults } = await open(context, site.origin);
    await page.goto(site.origin + path, { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(SCREENSHOTS, `hard${path.replace(/\W+/g, '-')}.png`) });
    assert.deepEqual([...(await sideways(page)), ...(await violations(page)), ...faults], []);
    await context.close();
  });
}
