// The search page: takes what a person types, or what the address says after `?q=`, and shows what `search.js` finds. Whatever it
// writes it writes as text. Without it the page is a list of everything.

const results = document.getElementById('search_results');
const words = document.getElementById('search_words');
const [kind, field] = ['search_kind', 'search_field'].map((id) => document.getElementById(id));
const part = (name) => results.querySelector(name);
const [status, facets, list, more, help] = ['[role=status]', '.facets', '.hits', '.more', '.help'].map(part);
const browse = document.getElementById('search_browse');
const said = results.dataset;

const engine = import(said.engine);
const start = new URL(said.index, location.href);
let search;
let asked = 0;

/** Opens the index. What is in its folder never changes; the index itself is asked for again each time. */
async function opened() {
  const { Search } = await engine;
  search ??= new Search(load);
  return search;
}

async function load(path) {
  const url = new URL(path, start);
  const response = await fetch(url, { cache: url.href === start.href ? 'no-cache' : 'force-cache' });
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return response.text();
}

const filled = (label, values) => label.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

async function run() {
  const mine = ++asked;
  const address = new URLSearchParams(location.search);
  const text = (address.get('q') ?? '').slice(0, 1200);
  words.value = text;
  if (text.trim() === '') return clear();
  status.textContent = said.searching;
  try {
    const shown = await find(text, address);
    if (mine === asked) show(...shown);
  } catch (error) {
    if (mine !== asked) return;
    // A new edition of the site may have been published since the index was opened.
    search = undefined;
    clear();
    status.textContent = said.failed;
  }
}

async function find(text, address) {
  const index = await opened();
  await index.open();
  const place = (name, sections, key) => {
    const at = sections.findIndex((section) => section[key] === address.get(name));
    return at < 0 ? null : at;
  };
  const { kinds, fields } = index.index;
  const chosen = { kind: place('kind', kinds, 'word'), field: place('field', fields, 'label') };
  const found = await index.find(text, chosen);
  return [found, chosen, await found.page()];
}

function clear() {
  status.textContent = '';
  list.replaceChildren();
  facets.hidden = more.hidden = help.hidden = true;
  browse.hidden = false;
}

async function show(found, chosen, records) {
  const { marked } = await engine;
  list.replaceChildren(...records.map((record) => item(record, found, marked)));
  offer(kind, search.index.kinds.map(({ word, label }) => [word, label]), found.kinds, chosen.kind);
  offer(field, search.index.fields.map(({ label }) => [label, label]), found.fields, chosen.field);
  facets.hidden = kind.closest('p').hidden && field.closest('p').hidden;
  more.hidden = found.total <= records.length;
  more.onclick = () => showMore(found, marked);
  help.hidden = found.total > 0;
  browse.hidden = found.total > 0;
  status.textContent = summary(found);
}

function summary({ total, isPartial, corrections, query: { text: q } }) {
  const label = total === 0 ? said.none : isPartial ? said.nearest : total === 1 ? said.foundOne : said.found;
  const count = filled(label, { n: total.toLocaleString(document.documentElement.lang), q });
  const mended = total > 0 ? corrections.map((correction) => filled(said.corrected, correction)) : [];
  return [count, ...mended].join(' ');
}

async function showMore(found, marked) {
  const from = list.children.length;
  const records = await found.page(from);
  list.append(...records.map((record) => item(record, found, marked)));
  more.hidden = found.total <= list.children.length;
  list.children[from]?.querySelector('a').focus();
}

/** The choices that lead to something. One choice alone is none. */
function offer(select, sections, counts, chosen) {
  const places = [...counts.keys()].sort((a, b) => a - b);
  const all = new Option(said.all, '', chosen === null, chosen === null);
  const options = places.map((place) => {
    const [value, label] = sections[place];
    return new Option(`${label} (${counts.get(place)})`, value, place === chosen, place === chosen);
  });
  select.replaceChildren(all, ...options);
  select.closest('p').hidden = options.length < 2 && chosen === null;
}

function item(record, found, marked) {
  const line = element('p', 'item-title');
  if (record.key) line.append(withMarks(element('span', 'key'), marked(record.key, found.query)), ' ');
  const link = withMarks(element('a'), marked(record.title, found.query, found.corrections));
  link.href = record.href;
  if (record.lang) link.lang = record.lang;
  line.append(link);
  if (record.tag) line.append(' ', withMarks(element('span', 'tag plain'), [{ text: record.tag }]));
  const hint = (...content) => {
    const paragraph = element('p', 'hint');
    paragraph.append(...content);
    return paragraph;
  };
  const parts = [line, hint(record.kind.label)];
  if (record.other && record.kind.word === 'procedure') parts.push(hint(`${said.official} `, withMarks(element('span'), marked(record.other, found.query))));
  if (record.text) {
    const text = withMarks(hint(), marked(record.text, found.query, found.corrections, 200));
    if (record.lang) text.lang = record.lang;
    parts.push(text);
  }
  const hit = element('li', 'item');
  hit.append(...parts);
  return hit;
}

function element(name, className) {
  const made = document.createElement(name);
  if (className) made.className = className;
  return made;
}

function withMarks(parent, pieces) {
  parent.append(...pieces.map(({ text, isMark }) => (isMark ? Object.assign(element('mark'), { textContent: text }) : text)));
  return parent;
}

/** Goes to another query, as a link would. */
function go(changes) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value) address.searchParams.set(name, value); else address.searchParams.delete(name);
  }
  if (address.href !== location.href) history.pushState(null, '', address);
  run();
}

words.form.addEventListener('submit', (event) => {
  event.preventDefault();
  go({ q: words.value.trim(), kind: '', field: '' });
});
kind.addEventListener('change', () => go({ kind: kind.value, field: '' }));
field.addEventListener('change', () => go({ field: field.value }));
window.addEventListener('popstate', run);
run();
