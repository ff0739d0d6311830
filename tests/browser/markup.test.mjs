// The Nu checker has nothing against any page of the sample, nor against its styles and pictures.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { join } from 'node:path';

import { files, sample } from './lib/site.mjs';

const jar = createRequire(import.meta.url)('vnu-jar');

let site;
before(async () => {
  site = await sample();
});
after(() => site?.close());

test('no errors on any page', async () => {
  const pages = [...(await files(site.folder, '.html')), ...(await files(site.folder, '.svg'))];
  assert.ok(pages.length > 200, `only ${pages.length} pages`);
  const args = ['-Xss4m', '-jar', jar, '--format', 'json', '--exit-zero-always', '--also-check-svg', ...pages.map((page) => join(site.folder, page))];
  const { stderr } = await promisify(execFile)('java', args, { maxBuffer: 1 << 28 });
  const { messages } = JSON.parse(stderr);
  const errors = messages.filter(({ type }) => type === 'error' || type === 'non-document-error');
  const told = errors.map(({ url, lastLine, message, extract }) => `${url?.replace(/^.*\/sample\//, '')}:${lastLine} ${message} ${extract ?? ''}`);
  console.log(`${pages.length} pages, ${errors.length} errors, ${messages.length - errors.length} remarks`);
  assert.deepEqual(told.slice(0, 20), []);
});
