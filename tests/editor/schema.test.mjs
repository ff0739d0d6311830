// The schemas of `minhbach schema --write`, as an editor's user meets them: completion, hover texts, faults underlined.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { open } from './client.mjs';

const program = process.env.MINHBACH ?? new URL('../../target/debug/minhbach', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'minhbach-editor-'));
const root = join(folder, 'site');
let editor;

before(async () => {
  execFileSync(program, ['init', root]);
  execFileSync(program, ['schema', '--write', '--root', root]);
  editor = await open(root);
});

after(() => {
  editor?.close();
  rmSync(folder, { recursive: true });
});

test('keys are completed, those that are there are not offered again', async () => {
  const labels = await (await editor.type('content/procedures/a.yaml', 'title: x\n‸')).complete();
  for (const key of ['code', 'online_level', 'channels', 'legal_basis', 'draft']) assert.ok(labels.includes(key), `${key} in ${labels}`);
  assert.ok(!labels.includes('title'), labels.join());
});

test('keys of a map inside a list are completed', async () => {
  const labels = await (await editor.type('content/procedures/b.yaml', 'channels:\n  - method: direct\n    ‸')).complete();
  for (const key of ['processing_time', 'fees', 'url']) assert.ok(labels.includes(key), `${key} in ${labels}`);
});

test('allowed words are completed, each with its label', async () => {
  const items = await (await editor.type('content/procedures/c.yaml', 'online_level: ‸')).items();
  const full = items.find((item) => item.label === 'full');
  assert.deepEqual(items.map((item) => item.label).sort(), ['full', 'none', 'partial']);
  assert.match(JSON.stringify(full), /toàn trình/);
});

test('known records are completed by ID and by natural key, with their titles', async () => {
  const items = await (await editor.type('content/procedures/d.yaml', 'legal_basis:\n  - ‸')).items();
  const labels = items.map((item) => item.label);
  const ids = readdirSync(join(root, 'content/documents')).map((name) => name.replace(/\..*$/, ''));
  for (const id of new Set(ids)) assert.ok(labels.includes(id), `${id} in ${labels}`);
  assert.ok(labels.includes('114-KL/TW'), labels.join());
  const contacts = await (await editor.type('content/procedures/e.yaml', 'submit_at:\n  - ‸')).complete();
  const first = readdirSync(join(root, 'content/contacts'))[0].replace(/\..*$/, '');
  assert.ok(contacts.includes(first), `${first} in ${contacts}`);
});

test('references of any kind are completed as kind:ID', async () => {
  const labels = await (await editor.type('content/updates/f.yaml', 'affects:\n  - ‸')).complete();
  const id = readdirSync(join(root, 'content/procedures'))[0].replace(/\..*$/, '');
  assert.ok(labels.some((label) => label === `procedure:${id}`), labels.join());
});

test('a hover says what a key is, in both languages', async () => {
  const hover = await (await editor.type('content/procedures/g.yaml', 'co‸de: "2.001620"\n')).hover();
  assert.match(hover, /Mã thủ tục/);
  assert.match(hover, /Procedure code/);
  assert.match(hover, /2\.001620/);
});

test('faults are told: unknown and missing keys, wrong words, dates, forms', async () => {
  const { faults } = await editor.type('content/documents/h.yaml', 'titel: x\nsymbol: Luật\nissued_on: 25/12/2026\nforce: maybe\n');
  assert.ok(faults.some((fault) => /^1: .*titel/.test(fault)), faults.join('\n'));
  assert.ok(faults.some((fault) => /^1: .*"title"/.test(fault)), faults.join('\n'));
  assert.ok(faults.some((fault) => /^2: .*63\/2010/.test(fault)), faults.join('\n'));
  assert.ok(faults.some((fault) => /^3: .*2026-01-31/.test(fault)), faults.join('\n'));
  assert.ok(faults.some((fault) => /^4: .*in_force/.test(fault)), faults.join('\n'));
});

test('an overlay holds texts only', async () => {
  const good = await editor.type('content/documents/i.en.yaml', 'title: A law\n');
  assert.deepEqual(good.faults, []);
  const bad = await editor.type('content/documents/j.en.yaml', 'issued_on: 2026-01-01\n');
  assert.ok(bad.faults.some((fault) => /issued_on/.test(fault)), bad.faults.join());
});

test('site.yaml has its schema', async () => {
  const labels = await (await editor.type('content/site.yaml', 'title: x\nfeedback:\n  hook: ‸')).complete();
  assert.deepEqual(labels.sort(), ['inbox', 'mailto', 'none', 'url']);
});

test('nothing in the sample site is called wrong', async () => {
  const wrong = [];
  const files = readdirSync(join(root, 'content'), { recursive: true }).filter((name) => name.endsWith('.yaml'));
  assert.ok(files.length > 20, `${files.length} files`);
  await Promise.all(files.filter((name) => name !== 'site.yaml').map(async (name) => {
    const text = readFileSync(join(root, 'content', name), 'utf8');
    const { faults } = await editor.type(join('content', name), text);
    if (faults.length > 0) wrong.push(`${name}: ${faults}`);
  }));
  assert.deepEqual(wrong, []);
});

test('settings that stand there stay', () => {
  const settings = readFileSync(join(root, '.vscode/settings.json'), 'utf8');
  execFileSync(program, ['schema', '--write', '--root', root]);
  assert.equal(readFileSync(join(root, '.vscode/settings.json'), 'utf8'), settings);
});
