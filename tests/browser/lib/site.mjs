// Sites to look at, built with the debug binary.

import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { serve } from './server.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const WORK = join(ROOT, 'target', 'browser');
export const SCREENSHOTS = join(ROOT, 'target', 'screenshots');
export const BINARY = join(ROOT, 'target', 'debug', 'minhbach');

/** Runs the program; what it said stands in the error where it fails. */
export async function minhbach(...args) {
  const options = { cwd: ROOT, maxBuffer: 1 << 26, env: { ...process.env, LC_ALL: 'C.UTF-8', SOURCE_DATE_EPOCH: '1793491200' } };
  return promisify(execFile)(BINARY, args, options);
}

/** Builds the site at `root` (a folder with `content/`) and serves it. `close` stops that. */
export async function built(root, name) {
  const output = join(WORK, name);
  await mkdir(WORK, { recursive: true });
  await rm(output, { recursive: true, force: true });
  const port = await freePort();
  await minhbach('build', '--root', root, '--output-dir', output, '--base-url', `http://127.0.0.1:${port}`);
  return { ...(await serve(output, { port })), folder: output };
}

/** The sample site, built and served. */
export const sample = () => built(ROOT, 'sample');

/** Every file below a folder whose name ends so, as paths below it, in order. */
export async function files(folder, ending) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const named = entries.filter((entry) => entry.isFile() && entry.name.endsWith(ending));
  return named.map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name))).sort();
}

/** The text of a file of the project. */
export const text = (...path) => readFile(join(ROOT, ...path), 'utf8');

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
