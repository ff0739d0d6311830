// A built index, read from the disk by the very script that the search page uses, and what it costs on the wire.

import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { ROOT, WORK } from './site.mjs';

const SCRIPT = join(ROOT, 'themes/default/static/search.js');

/** The exports of the theme's `search.js`. Node takes a script as a module by its ending. */
export async function engine() {
  await mkdir(WORK, { recursive: true });
  const module = join(WORK, 'search.mjs');
  await copyFile(SCRIPT, module);
  return import(module);
}

/** Opens the index below a folder such as `…/tim-kiem`. `wire` counts compressed bytes as a browser with a cache would fetch them. */
export async function openIndex(folder) {
  const { Search } = await engine();
  const wire = { bytes: 0, files: 0 };
  const sizes = new Map();
  const search = new Search(async (path) => {
    const body = await readFile(join(folder, path));
    if (!sizes.has(path)) sizes.set(path, gzipSync(body).length);
    wire.bytes += sizes.get(path);
    wire.files += 1;
    return body.toString('utf8');
  });
  /** Forgets what was fetched, but for what every query needs. */
  const forget = () => {
    search.files.clear();
    wire.bytes = wire.files = 0;
  };
  return { search, wire, forget };
}

/** What the scripts of the search page cost, compressed. */
export async function scripts() {
  const sizes = await Promise.all(['search.js', 'search-page.js'].map(async (name) => gzipSync(await readFile(join(ROOT, 'themes/default/static', name))).length));
  return sizes.reduce((sum, size) => sum + size, 0);
}
