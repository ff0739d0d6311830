// Searching in the index that a build lays beside the search page (src/output/search says what is in it; the two change together).
// No document is touched here: `search-page.js` shows what comes of it.
//
// A query fetches few files, however large the site is. Pairs of neighbouring words come first: in Vietnamese they are what a
// person means, while single syllables stand in nearly every record. Single words, then texts, then likely typing errors
// follow only while too little was found. What is shown first is then put in order by the names themselves.

/** How many results are shown at a time. */
export const PAGE = 10;
/** How many words of a query are looked for; more of them put what was found in order. */
const WORDS = 24, ORDERING = 300;
/** How many terms one query looks up, at most, in one round. */
const LOOKUPS = 8;
/** How many files of terms one query fetches, at most; each is 1 to 2 KB. */
const FILES = 9;
/** Candidates that are put in order by their names. */
const RANKED = 30;
/** How much less a word counts in another spelling, after a mended error, or in a text. */
const OTHER_SPELLING = 0.8, MENDED = 0.7, IN_TEXT = 0.3;

/** The words of a text, composed and in lower case. */
export const wordsOf = (text) => text.normalize('NFC').toLowerCase().match(/[\p{Alphabetic}\p{N}\p{M}]+/gu) ?? [];

/** A word without accents. */
export const folded = (word) => word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');

/** The numbers of a list of records; `postings.rs` writes them. */
export function numbersOf(text) {
  const numbers = [];
  let next = 0, gap = 0, factor = 1;
  for (let at = 0; at < text.length; at++) {
    const value = text.charCodeAt(at) - 33;
    gap += value * factor;
    if (value >= 64) {
      factor *= 30;
    } else {
      numbers.push(next + gap);
      next += gap + 1;
      gap = 0;
      factor = 1;
    }
  }
  return numbers;
}

/** The last item of an ascending list that is not beyond a value, by its place. */
function lastUpTo(list, value) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= value) low = middle + 1; else high = middle;
  }
  return low - 1;
}

export class Search {
  /** `load` resolves to the text of a file, by its path beside `index.json`. */
  constructor(load) {
    this.load = load;
    this.files = new Map();
  }

  async open() {
    this.index ??= JSON.parse(await this.load('index.json'));
    this.frequent ??= new Map(this.index.frequent.map((word, place) => [word, this.index.frequent.length - place]));
  }

  file(name) {
    if (!this.files.has(name)) {
      const loaded = this.load(`${this.index.folder}/${name}`);
      loaded.catch(() => this.files.delete(name));
      this.files.set(name, loaded);
    }
    return this.files.get(name);
  }

  /**
   * Searches. `kind` and `field` narrow what is found to one of each, by its place in the index. Resolves to a {@link Found}.
   */
  async find(text, { kind = null, field = null } = {}) {
    await this.open();
    const query = new Query(text);
    const sheet = new Sheet(this.index, query);
    if (query.words.length > 0) await this.fill(sheet);
    return new Found(this, sheet, { kind, field });
  }

  async fill(sheet) {
    const { words } = sheet.query;
    await this.add(sheet, this.choose(pairs(words)), 'n', 1);
    if (words.length > 1 && sheet.whole() >= PAGE) return;
    const single = this.choose(words.map((word) => [word]));
    await this.add(sheet, single, 'n', 0.6);
    if (sheet.whole() >= PAGE) return;
    await this.mend(sheet);
    if (sheet.whole() < PAGE) await this.add(sheet, single, 't', IN_TEXT);
  }

  /** The terms that tell most, where there are many: those without frequent words. */
  choose(terms) {
    const commonness = (term) => term.reduce((sum, word) => sum + (this.frequent.get(word.folded) ?? 0), 0);
    return [...terms].sort((a, b) => commonness(a) - commonness(b)).slice(0, LOOKUPS);
  }

  async add(sheet, terms, family, weight) {
    const starts = family === 'n' ? this.index.names : this.index.texts;
    const at = (term) => lastUpTo(starts, term.map((word) => word.folded).join(' '));
    const wanted = terms.map((term) => ({ term, place: at(term) })).filter(({ place }) => place >= 0);
    const affordable = [];
    for (const { term, place } of wanted) {
      const name = `${family}${place}.txt`;
      if (!sheet.fetched.has(name) && sheet.fetched.size >= sheet.budget) continue;
      sheet.fetched.add(name);
      affordable.push({ term, text: this.file(name) });
    }
    for (const { term, text } of affordable) sheet.enter(term, spellingsIn(await text, term), weight);
  }

  /** Looks for what a person may have meant by words that nothing has, or that fit none of their neighbours. */
  async mend(sheet) {
    const { words } = sheet.query;
    const unnamed = words.filter((word) => sheet.looked.has(word) && !sheet.known.has(word) && /\p{Alphabetic}/u.test(word.folded));
    const vocabulary = unnamed.length > 0 ? (await this.file('words.txt')).split(' ') : [];
    const unknown = unnamed.filter((word) => !vocabulary.includes(word.folded));
    const alone = words.length > 2 && sheet.whole() === 0 ? words.filter((word) => !sheet.paired.has(word)) : [];
    const doubtful = [...new Set([...unknown, ...alone])];
    if (doubtful.length === 0) return;
    if (vocabulary.length === 0) vocabulary.push(...(await this.file('words.txt')).split(' '));
    sheet.budget += 1;
    const instead = (word, candidate, order) => candidate.split(' ').map((part) => ({ folded: part, typed: part, bit: word.bit, instead: candidate, order }));
    // Words that an input method left undone leave no doubt; they come first, and are the neighbours of the others.
    const undone = new Map(doubtful.map((word) => [word, unconverted(word.folded, vocabulary)]).filter(([, candidate]) => candidate));
    const line = words.map((word) => (undone.has(word) ? instead(word, undone.get(word), 0) : [word]));
    await this.addInstead(sheet, line.flat());
    for (const word of doubtful.filter((word) => !undone.has(word)).slice(0, 2)) {
      const candidates = likely(word.folded, vocabulary, word === words.at(-1) && unknown.includes(word));
      const place = words.indexOf(word);
      const [before, after] = [line.slice(0, place).flat().slice(-1), line.slice(place + 1).flat().slice(0, 1)];
      for (const [order, candidate] of candidates.entries()) await this.addInstead(sheet, [...before, ...instead(word, candidate, order), ...after]);
    }
  }

  /** Adds what was not typed but may have been meant, within its neighbours. */
  async addInstead(sheet, line) {
    const single = line.filter((word) => word.instead).map((word) => [word]);
    await this.add(sheet, pairs(line).filter((pair) => pair.some((word) => word.instead)), 'n', MENDED);
    await this.add(sheet, single, 'n', 0.6 * MENDED);
    if (sheet.whole() < PAGE) await this.add(sheet, single, 't', IN_TEXT * MENDED);
  }

  /** What is shown of records, by their numbers. */
  async records(numbers) {
    const places = numbers.map((number) => lastUpTo(this.index.records, number));
    const texts = await Promise.all(places.map((place) => this.file(`r${place}.txt`)));
    return numbers.map((number, at) => this.record(number, texts[at].split('\n')[number - this.index.records[places[at]]]));
  }

  record(number, line) {
    const [id, title, lang, other, key, tag, text] = line.split('\t');
    const kind = this.index.kinds[this.kindOf(number)];
    return { number, kind, href: kind.around[0] + encodeURI(id) + kind.around[1], title, lang, other, key, tag, text };
  }

  kindOf(number) {
    return lastUpTo(this.index.kinds.map((kind) => kind.first), number);
  }

  /** The field of work of a record; -1 where its kind has none. */
  fieldOf(number) {
    const end = this.index.kinds.find((kind) => kind.word !== 'procedure')?.first ?? this.index.count;
    return number < end ? lastUpTo(this.index.fields.map((field) => field.first), number) : -1;
  }
}

const pairs = (words) => words.slice(1).map((word, place) => [words[place], word]);

/** The spellings of a term in a file of terms, each with its records. */
function spellingsIn(text, term) {
  const start = `${term.map((word) => word.folded).join(' ')}\t`;
  const from = text.startsWith(start) ? 0 : text.indexOf(`\n${start}`) + 1;
  if (from === 0 && !text.startsWith(start)) return [];
  const end = text.indexOf('\n', from);
  const cells = text.slice(from + start.length, end < 0 ? undefined : end).split('\t');
  const spellings = [];
  for (let at = 0; at + 1 < cells.length; at += 2) {
    spellings.push({ spelling: cells[at] || start.trimEnd(), records: numbersOf(cells[at + 1]) });
  }
  return spellings;
}

class Query {
  constructor(text) {
    this.text = text.normalize('NFC').trim();
    this.typed = wordsOf(this.text).slice(0, ORDERING);
    this.folded = this.typed.map(folded);
    this.words = this.typed.slice(0, WORDS).map((typed, place) => ({ typed, folded: this.folded[place], bit: 1 << place }));
    // Who typed one accent meant the absence of others, too.
    this.accented = this.words.some((word) => word.typed !== word.folded);
    this.key = this.folded.join('');
  }
}

/** How well each record fits: a score, and the words of the query that it has. */
class Sheet {
  constructor(index, query) {
    this.index = index;
    this.query = query;
    this.scores = new Float32Array(index.count);
    this.masks = new Uint32Array(index.count);
    this.stamps = new Int32Array(index.count);
    this.stamp = 0;
    this.asked = 0;
    this.fetched = new Set();
    this.budget = FILES;
    this.looked = new Set();
    this.known = new Set();
    this.paired = new Set();
    /** For mended words, by their bit: what was searched instead. */
    this.instead = new Map();
  }

  enter(term, spellings, weight) {
    const typed = term.map((word) => word.typed).join(' ');
    const bits = term.reduce((sum, word) => sum | word.bit, 0);
    const mended = term.find((word) => word.instead);
    const found = spellings.reduce((sum, { records }) => sum + records.length, 0);
    this.asked |= bits;
    if (!mended) this.note(term, found);
    if (mended && found > 0) this.noteInstead(term, spellings);
    if (found === 0) return;
    const worth = weight * Math.log(1 + this.index.count / found);
    const exact = ({ spelling }) => !this.query.accented || mended || spelling === typed;
    this.stamp++;
    for (const each of [...spellings].sort((a, b) => exact(b) - exact(a))) {
      const score = worth * (exact(each) ? 1 : OTHER_SPELLING);
      for (const record of each.records) this.mark(record, score, bits);
    }
  }

  mark(record, score, bits) {
    if (this.stamps[record] === this.stamp) return;
    this.stamps[record] = this.stamp;
    this.scores[record] += score;
    this.masks[record] |= bits;
  }

  note(term, found) {
    if (term.length === 1) this.looked.add(term[0]);
    if (found === 0) return;
    for (const word of term) this.known.add(word);
    if (term.length === 2) term.forEach((word) => this.paired.add(word));
  }

  /** Of what was searched instead of a word, that is told which fits a neighbour, then the likeliest. */
  noteInstead(term, spellings) {
    const { bit, instead, order } = term.find((word) => word.instead);
    const asTyped = this.query.words.find((word) => word.bit === bit);
    const best = spellings.reduce((a, b) => (b.records.length > a.records.length ? b : a)).spelling.split(' ');
    const other = term.map((word, place) => (word.instead ? best[place] : '')).join(' ').trim();
    const isWhole = other.split(' ').length === instead.split(' ').length;
    const rank = order - (term.length === 2 ? 100 : 0);
    const before = this.instead.get(bit);
    if (isWhole && !(before?.rank <= rank)) this.instead.set(bit, { word: asTyped.typed, other, rank, known: this.known.has(asTyped) });
  }

  /** How many records have every word that was looked up. */
  whole() {
    let count = 0;
    for (const mask of this.masks) if (mask !== 0 && (mask & this.asked) === this.asked) count++;
    return count;
  }
}

/** What a query found. */
class Found {
  constructor(search, sheet, { kind, field }) {
    this.search = search;
    this.query = sheet.query;
    this.corrections = [...sheet.instead.values()].filter((instead) => !instead.known);
    const hits = hitsOf(sheet);
    /** Whether no record has all words. */
    this.isPartial = hits.isPartial;
    /** How many there are of each kind and field, by their places in the index. */
    this.kinds = counted(hits.numbers, (number) => search.kindOf(number));
    const ofKind = hits.numbers.filter((number) => kind === null || search.kindOf(number) === kind);
    this.fields = counted(ofKind, (number) => search.fieldOf(number));
    const length = (number) => search.index.lengths.charCodeAt(number) - 33;
    const rank = (number) => sheet.scores[number] / (1 + 0.04 * length(number));
    this.ranks = new Map(ofKind.filter((number) => field === null || search.fieldOf(number) === field).map((number) => [number, rank(number)]));
    this.order = [...this.ranks.keys()].sort((a, b) => this.ranks.get(b) - this.ranks.get(a) || a - b);
  }

  get total() {
    return this.order.length;
  }

  /** The results from a place on. The first ones are put in order by their names before. */
  async page(from = 0) {
    if (from === 0 && !this.isOrdered) await this.orderFirst();
    return this.search.records(this.order.slice(from, from + PAGE));
  }

  /** Takes the first candidates whose records lie in few files, and puts them in order by their names. */
  async orderFirst() {
    this.isOrdered = true;
    const { records } = this.search.index;
    const files = new Set();
    const near = this.order.slice(0, RANKED).filter((number) => {
      const file = lastUpTo(records, number);
      return files.has(file) || (files.size < PAGE && files.add(file));
    });
    const best = Math.max(...near.map((number) => this.ranks.get(number)), 1e-9);
    const shown = await this.search.records(near);
    const worth = new Map(shown.map((record) => [record.number, fitness(this.query, record) + 20 * (this.ranks.get(record.number) / best)]));
    near.sort((a, b) => worth.get(b) - worth.get(a) || a - b);
    const rest = this.order.filter((number) => !worth.has(number));
    this.order = [...near, ...rest];
  }
}

/** The records that have every word; else those that have most, where that is half of them. */
function hitsOf(sheet) {
  const numbers = [];
  let most = 0;
  const bits = (mask) => { let count = 0; for (let rest = mask; rest; rest &= rest - 1) count++; return count; };
  for (const mask of sheet.masks) most = Math.max(most, bits(mask & sheet.asked));
  const asked = bits(sheet.asked);
  const isPartial = most < asked;
  // Of a code, half is nothing.
  const least = sheet.query.words.some((word) => /\d/.test(word.typed)) ? asked / 2 + 0.5 : asked / 2;
  if (most === 0 || (isPartial && most < least)) return { numbers, isPartial };
  sheet.masks.forEach((mask, number) => { if (bits(mask & sheet.asked) === most) numbers.push(number); });
  return { numbers, isPartial };
}

function counted(numbers, placeOf) {
  const counts = new Map();
  for (const number of numbers) {
    const place = placeOf(number);
    if (place >= 0) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return counts;
}

/** How well a record's own names fit what was typed. */
function fitness(query, { title, other, key }) {
  const keyed = wordsOf(key).map(folded).join('');
  if (keyed && keyed === query.key) return 200;
  if (keyed && query.key.length > 3 && keyed.startsWith(query.key)) return 150;
  return Math.max(nameFitness(query, title), other ? nameFitness(query, other) - 1 : 0);
}

function nameFitness(query, name) {
  const own = wordsOf(name);
  const bare = own.map(folded);
  const { typed, folded: asked } = query;
  const run = longestRun(bare, asked);
  const exactly = query.accented ? longestRun(own, typed) : run;
  const has = asked.filter((word) => bare.includes(word)).length;
  const isWhole = run === asked.length && bare.length === asked.length;
  return (isWhole ? 60 : 0) + (30 * run + 10 * exactly + 20 * has) / asked.length - 0.15 * Math.min(bare.length, 60);
}

/** The longest run of words that stand so in both lists. */
function longestRun(own, asked) {
  let longest = 0;
  let before = new Array(asked.length + 1).fill(0);
  for (const word of own) {
    const now = asked.map((other, place) => (other === word ? before[place] + 1 : 0));
    longest = Math.max(longest, ...now);
    before = [0, ...now];
  }
  return longest;
}

/** What a person may have meant by a word: known words, the likeliest first. */
export function likely(word, vocabulary, isUnfinished = false) {
  const known = new Map(vocabulary.map((other, place) => [other, place]));
  const apart = split(word, known);
  const limit = word.length < 3 ? 0 : word.length < 6 ? 1 : 2;
  const near = [];
  for (const [other, place] of known) {
    const away = other !== word && Math.abs(other.length - word.length) <= limit ? distance(word, other, limit) : limit + 1;
    const begins = isUnfinished && word.length > 1 && other !== word && other.startsWith(word);
    if (away <= limit || begins) near.push({ other, cost: (begins ? 0.5 : away + (other[0] === word[0] ? 0 : 0.5)) + place / known.size });
  }
  near.sort((a, b) => a.cost - b.cost);
  return [...apart, ...near.slice(0, 4 - apart.length).map(({ other }) => other)];
}

/** Two words written as one: `dangky`. */
function split(word, known) {
  let best = null;
  for (let at = 2; at <= word.length - 2; at++) {
    const parts = [word.slice(0, at), word.slice(at)];
    if (!parts.every((part) => known.has(part))) continue;
    const rank = known.get(parts[0]) + known.get(parts[1]);
    if (!best || rank < best.rank) best = { rank, parts };
  }
  return best ? [best.parts.join(' ')] : [];
}

/** A word typed with the input method off, where it comes to a known one: `ddawng` (Telex) and `d9ang` (VNI) are `dang`. */
export function unconverted(word, vocabulary) {
  const isVni = /^[a-z]+[0-9]/.test(word);
  const letters = word.replace(/dd/g, 'd').replace(/([aeo])\1/g, '$1').replace(/([aou])w/g, '$1');
  const toneless = letters.replace(/([aeiouy][a-z]*?)[sfrxj]([a-z]*)$/, '$1$2');
  const candidates = isVni ? [word.replace(/[0-9]/g, '')] : [toneless, letters];
  return candidates.find((candidate) => candidate !== word && vocabulary.includes(candidate)) ?? null;
}

/** How many letters are missing, too many, wrong or exchanged; beyond `limit` it does not matter how many. */
export function distance(a, b, limit) {
  let older = [], old = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > limit) return limit + 1;
    [older, old] = [old, row];
  }
  return old[b.length];
}

/** A text in pieces, those marked that the query names; where it is long, the part around the first of them. */
export function marked(text, query, corrections = [], length = Infinity) {
  const wanted = new Set([...query.words.map((word) => word.folded), ...corrections.flatMap(({ other }) => wordsOf(other).map(folded))]);
  const pieces = [];
  let from = 0, first = -1;
  for (const match of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+/gu)) {
    if (!wanted.has(folded(match[0].toLowerCase()))) continue;
    if (first < 0) first = match.index;
    pieces.push({ text: text.slice(from, match.index), isMark: false }, { text: match[0], isMark: true });
    from = match.index + match[0].length;
  }
  pieces.push({ text: text.slice(from), isMark: false });
  const joined = joinMarks(pieces.filter((piece) => piece.text !== ''));
  return text.length <= length ? joined : around(joined, Math.max(first - length / 3, 0), length);
}

/** Marks that only spaces part are one mark. */
function joinMarks(pieces) {
  const joined = [];
  for (const piece of pieces) {
    const [before, space] = [joined.at(-2), joined.at(-1)];
    if (piece.isMark && before?.isMark && /^\s+$/.test(space?.text ?? '')) {
      joined.pop();
      before.text += space.text + piece.text;
    } else joined.push({ ...piece });
  }
  return joined;
}

function around(pieces, start, length) {
  const cut = [];
  let at = 0;
  for (const { text, isMark } of pieces) {
    const from = Math.max(start - at, 0), to = Math.min(start + length - at, text.length);
    if (from < to) cut.push({ text: text.slice(from, to), isMark });
    at += text.length;
  }
  if (start > 0) cut[0].text = `…${cut[0].text.replace(/^\S*\s/, '')}`;
  if (start + length < at) cut.at(-1).text = `${cut.at(-1).text.replace(/\s\S*$/, '')}…`;
  return cut;
}
