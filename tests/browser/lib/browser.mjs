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
