// The ways in which a page is looked at. Each two settings of different kinds meet at least once (pairwise), so that few looks find
// what any two settings do to each other.

const WAYS = {
  colorScheme: ['light', 'dark'],
  forcedColors: ['none', 'active'],
  media: ['screen', 'print'],
  script: [true, false],
  language: ['vi', 'en'],
  // A desk's 1280 px at 200 % zoom are 640 px of twice the density.
  size: [
    { name: '320px', viewport: { width: 320, height: 640 } },
    { name: '360px', viewport: { width: 360, height: 740 } },
    { name: '1280px', viewport: { width: 1280, height: 800 } },
    { name: '200%', viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  ],
};

/** The looks, each with what Playwright needs to take it. */
export function looks() {
  return pairwise(Object.entries(WAYS), isPossible).map(({ size: { name, ...size }, media, script, language, ...rest }) => ({
    name: [language, name, rest.colorScheme, rest.forcedColors === 'active' && 'forced colours', media, !script && 'no script'].filter(Boolean).join(', '),
    context: { ...size, ...rest },
    media,
    script,
    language,
  }));
}

/** Paper has no forced colours: browsers print without them. */
const isPossible = ({ media, forcedColors }) => !(media === 'print' && forcedColors === 'active');

/** Greedy: each next row is the one that meets most pairs that have not met. */
export function pairwise(ways, isPossible) {
  const combined = ways.reduce((rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))), [{}]);
  const rows = combined.filter(isPossible);
  const pairsOf = (row) => {
    const cells = ways.map(([name, values]) => `${name}${values.indexOf(row[name])}`);
    return cells.flatMap((cell, place) => cells.slice(place + 1).map((other) => `${cell}-${other}`));
  };
  const left = new Set(rows.flatMap(pairsOf));
  const taken = [];
  while (left.size > 0) {
    const gain = (row) => pairsOf(row).filter((pair) => left.has(pair)).length;
    const best = rows.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    pairsOf(best).forEach((pair) => left.delete(pair));
    taken.push(best);
  }
  return taken;
}
