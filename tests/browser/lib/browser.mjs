// Debian's Chromium, with a fresh profile, and pages that tell everything that a reader should not see: errors in the console,
// requests to other hosts.

import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser. `port`, where given, is opened for tools that speak its debugging protocol. */
export function start({ port } = {}) {
  const extra = port ? [`--remote-debugging-port=${port}`] : [];
  return chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: [...FLAGS, ...extra] });
}

/**
 * A page and what went wrong on it: `faults` collects console errors, uncaught exceptions, failed requests and requests that
 * leave `origin`.
 */
export async function open(context, origin) {
  const page = await context.newPage();
  // Patient: on a busy machine a browser is slow, which is no fault of the page.
  page.setDefaultTimeout(90_000);
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) faults.push(`another host: ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  return { page, faults };
}

/**
 * Serves pages to it as a reader without JavaScript sees them. Scripts are not switched off, since axe is one: pages come without
 * their own, and with what stands in `noscript`.
 */
export async function withoutScript(page) {
  await page.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.continue();
    const response = await route.fetch();
    const body = (await response.text()).replace(/<script[^>]*>[^<]*<\/script>/g, '').replace(/<(\/?)noscript>/g, '<$1div>');
    return route.fulfill({ response, body });
  });
}
