// Sites with a hook for feedback, and the program's own inbox for one of them.

import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { ROOT, WORK } from './site.mjs';

/** A copy of the sample with a hook: lines of `feedback` in `site.yaml`, or none. Resolves to its folder. */
export async function withHook(name, hook) {
  const root = join(WORK, `hook-${name}`);
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  await cp(join(ROOT, 'content'), join(root, 'content'), { recursive: true });
  const file = join(root, 'content/site.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^feedback:\n(?: .*\n)*/m, hook ? `feedback:\n${hook.map((line) => `  ${line}\n`).join('')}` : ''));
  return root;
}

/** The program's inbox, on a free port, for the site at `root`. */
export function serveInbox(root) {
  const program = spawn(join(ROOT, 'target/debug/minhbach'), ['inbox', 'serve', '--root', root, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    createInterface({ input: program.stderr }).on('line', (line) => {
      const address = line.match(/http:\/\/[\d.:]+/)?.[0];
      if (address) resolve({ address, program });
    });
    program.on('exit', () => reject(new Error('the inbox did not start')));
  });
}
