// A folder on loopback as a good host would serve it: compressed, with the headers that the build's `_headers` names.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonld': 'application/ld+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.vcf': 'text/vcard; charset=utf-8',
};

/** Serves a folder; resolves to its origin, what it was asked for, and how to stop it. */
export async function serve(folder, { port = 0 } = {}) {
  const rules = parseHeaders(await readFile(join(folder, '_headers'), 'utf8').catch(() => ''));
  const log = [];
  const server = createServer((request, response) => answer(request, response).catch((error) => response.writeHead(500).end(String(error))));
  const answer = async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const found = await find(folder, path);
    const file = found ?? (await find(folder, '/404.html'));
    const body = await readFile(file);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const packed = /^(text|application\/(json|ld|xml)|image\/svg)/.test(type) ? gzipSync(body) : null;
    const headers = { 'content-type': type, ...headersOf(rules, path), 'content-length': (packed ?? body).length };
    if (packed) headers['content-encoding'] = 'gzip';
    log.push({ path, bytes: (packed ?? body).length, status: found ? 200 : 404 });
    response.writeHead(found ? 200 : 404, headers);
    response.end(request.method === 'HEAD' ? undefined : (packed ?? body));
  };
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); });
  return { origin: `http://127.0.0.1:${server.address().port}`, log, close };
}

async function find(folder, path) {
  const below = normalize(path).replace(/^(\.\.(\/|$))+/, '');
  for (const file of path.endsWith('/') ? [join(folder, below, 'index.html')] : [join(folder, below)]) {
    if (await readFile(file).then(() => true, () => false)) return file;
  }
  return null;
}

/** `_headers`: a path pattern on a line, its headers indented below it. */
export function parseHeaders(text) {
  const rules = [];
  for (const line of text.split('\n').filter((line) => line.trim() && !line.trim().startsWith('#'))) {
    if (/^\s/.test(line)) {
      const [, name, value] = line.match(/^\s+([^:]+):\s*(.*)$/);
      rules.at(-1).headers.push([name.trim(), value.trim()]);
    } else {
      const pattern = line.trim().split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: [] });
    }
  }
  return rules;
}

function headersOf(rules, path) {
  const matching = rules.filter((rule) => rule.pattern.test(path)).flatMap((rule) => rule.headers);
  // Strict transport is for TLS, which loopback has none of.
  return Object.fromEntries(matching.filter(([name]) => name.toLowerCase() !== 'strict-transport-security'));
}
