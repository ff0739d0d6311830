// What any page must pass, run inside it: axe, no sideways scrolling, nothing wider than the page.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of WCAG 2.2 A and AA, and what its makers call best practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with a page, one line each. On paper nothing is touched, so there the size of targets does not count. */
export async function violations(page, media = 'screen') {
  await page.evaluate(axe);
  const options = { runOnly: TAGS, resultTypes: ['violations'], rules: { 'target-size': { enabled: media === 'screen' } } };
  const found = await page.evaluate((options) => globalThis.axe.run(document, options).then((result) => result.violations), options);
  return found.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')} (${failureSummary.split('\n').slice(1).join(';').trim()})`));
}

/** What sticks out of a page sideways: the page itself, or parts that do not scroll by themselves. */
export function sideways(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element) => element && (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      // What is hidden beyond the left edge for the eye is there for the ear.
      return own > 0 && left >= 0 && right > width + 1 && !scrolls(element.parentElement);
    });
    const named = wide.slice(0, 3).map((element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent.slice(0, 40)}`);
    return document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} px wide of ${width}`, ...named] : named;
  });
}
