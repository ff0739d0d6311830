// Whether people find what they look for, and what that costs them, over real procedures: the 2,833 of ../shared/data, imported
// into an empty site and built. The theme's own script searches the built index. Skips, and says so, where the data is missing.

import assert from 'node:assert/strict';
import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';

import { engine, openIndex, scripts } from './lib/index.mjs';
import { ROOT, WORK, minhbach } from './lib/site.mjs';

const DATA = join(ROOT, '..', 'shared', 'data', 'portal-procedures.jsonl.gz');
const shared = process.env.MINHBACH_SHARED ? join(process.env.MINHBACH_SHARED, 'data', 'portal-procedures.jsonl.gz') : DATA;
const isThere = await access(shared).then(() => true, () => false);

describe('recall over real procedures', { skip: isThere ? false : `${shared} is not there` }, () => {
  let index, records, folded, wordsOf;
  const costs = { first: [], later: [] };

  before(async () => {
    const root = join(WORK, 'portal');
    await rm(root, { recursive: true, force: true });
    await minhbach('init', root, '--empty');
    await minhbach('import', 'portal', '--root', root, shared);
    await minhbach('build', '--root', root);
    index = await openIndex(join(root, 'public', 'tim-kiem'));
    ({ folded, wordsOf } = await engine());
    await index.search.open();
    const { kinds } = index.search.index;
    const end = kinds[1]?.first ?? index.search.index.count;
    records = await index.search.records(Array.from({ length: end }, (_, number) => number));
  });

  /** The results of a query, which counts as a visitor's first or as a later one that finds nothing cached but the index. */
  async function hits(query, many) {
    index.forget();
    const found = await index.search.find(query);
    const first = await found.page();
    costs.later.push(index.wire.bytes);
    return first.slice(0, many);
  }

  const bare = (name) => wordsOf(name).map(folded);

  /** Runs a query for each record; what share of them finds it, and some of those that do not. */
  async function share(name, needed, queryOf, isFound, many) {
    let found = 0, asked = 0;
    const missed = [];
    for (const record of records) {
      const query = queryOf(record);
      if (query === null) continue;
      asked++;
      const got = await hits(query, many);
      if (got.some((hit) => isFound(hit, record, query))) found++;
      else if (missed.length < 5) missed.push(query);
    }
    console.log(`${name}: ${found} of ${asked} (${((100 * found) / asked).toFixed(2)} %, needed ${needed} %)`);
    assert.ok(asked > 1000, `only ${asked} records`);
    assert.ok(found >= (needed / 100) * asked, `${name}; not found: ${missed.join(' | ')}`);
  }

  test('by its own name without accents, a record with that name is among the first three', async () => {
    const same = (hit, record) => bare(hit.title).join(' ') === bare(record.title).join(' ');
    await share('own name', 99, (record) => bare(record.title).join(' '), same, 3);
  });

  test('by four words of its name, a record whose name holds them is among the first ten', async () => {
    const random = seeded(20260718);
    const four = (record) => {
      const words = bare(record.title);
      if (words.length < 4) return null;
      const start = Math.floor(random() * (words.length - 3));
      return words.slice(start, start + 4).join(' ');
    };
    const holds = (hit, _, query) => ` ${bare(hit.title).join(' ')} `.includes(` ${query} `);
    await share('four words', 95, four, holds, 10);
  });

  test('by its code, it is the first', async () => {
    await share('code', 100, (record) => record.key, (hit, record) => hit.key === record.key, 1);
  });

  test('by five words of its name with two letters exchanged in one, it is among the first ten', async () => {
    const random = seeded(20261124);
    const five = new Map();
    const mistyped = (record) => {
      const words = bare(record.title);
      if (words.length < 5) return null;
      const start = Math.floor(random() * (words.length - 4));
      const run = words.slice(start, start + 5);
      const place = Math.floor(random() * 5), letter = Math.floor(random() * (run[place].length - 1));
      const word = run[place];
      const typed = [...run];
      typed[place] = word.slice(0, letter) + (word[letter + 1] ?? '') + word[letter] + word.slice(letter + 2);
      five.set(typed.join(' '), run.join(' '));
      return typed.join(' ');
    };
    const holds = (hit, _, query) => ` ${bare(hit.title).join(' ')} `.includes(` ${five.get(query)} `);
    await share('mistyped', 95, mistyped, holds, 10);
  });

  test('what goes over the wire', async () => {
    index.forget();
    index.search.index = undefined;
    await index.search.open();
    const fixed = index.wire.bytes + (await scripts());
    const later = costs.later.sort((a, b) => a - b);
    const [median, most] = [later[later.length >> 1], later.at(-1)];
    console.log(`a later query, nothing of it cached: median ${median} bytes, most ${most}; a first one adds ${fixed} (index.json and scripts)`);
    assert.ok(most <= 30 * 1024, `${most} bytes`);
    assert.ok(fixed + most <= 60 * 1024, `${fixed + most} bytes`);
  });
});

/** Numbers from 0 to 1, the same each time (mulberry32). */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
