// The least that a test needs of an editor: starts yaml-language-server, opens texts in a site, asks what an editor asks.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from './rpc.mjs';

const server = createRequire(import.meta.url).resolve('yaml-language-server/bin/yaml-language-server');

/** An editor with the site at `root` open, set up by the site's own `.vscode/settings.json`. */
export async function open(root) {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const settings = JSON.parse(readFileSync(join(root, '.vscode/settings.json'), 'utf8'));
  const yaml = { schemas: settings['yaml.schemas'], completion: true, hover: true, validate: true, schemaStore: { enable: false } };
  const told = new Map();
  const waiting = new Map();
  connection.onRequest('workspace/configuration', ({ items }) =>
    items.map(({ section }) => (section === 'yaml' ? yaml : section === 'http' ? {} : section === '[yaml]' ? {} : null)));
  connection.onRequest('client/registerCapability', () => null);
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
    told.set(uri, diagnostics);
    waiting.get(uri)?.(diagnostics);
  });
  const uri = pathToFileURL(root).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'site' }],
    capabilities: {
      workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
      textDocument: { completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } }, hover: { contentFormat: ['markdown'] } },
    },
  });
  connection.sendNotification('initialized', {});
  connection.sendNotification('workspace/didChangeConfiguration', { settings: { yaml } });
  await new Promise((done) => setTimeout(done, 500));

  /** Opens a text at a path of the site; `‸` in it is the cursor. */
  async function type(path, marked) {
    const at = marked.indexOf('‸');
    const text = at < 0 ? marked : marked.slice(0, at) + marked.slice(at + 1);
    const before = text.slice(0, Math.max(at, 0)).split('\n');
    const document = { uri: pathToFileURL(join(root, path)).href };
    const diagnostics = new Promise((done) => waiting.set(document.uri, done));
    connection.sendNotification('textDocument/didOpen', { textDocument: { ...document, languageId: 'yaml', version: 1, text } });
    const faults = await diagnostics;
    const position = { line: before.length - 1, character: before.at(-1).length };
    const answer = {
      faults: faults.map((fault) => `${fault.range.start.line + 1}: ${fault.message}`),
      complete: async () => {
        const list = await connection.sendRequest('textDocument/completion', { textDocument: document, position });
        return (list.items ?? list).map((item) => item.label);
      },
      items: async () => {
        const list = await connection.sendRequest('textDocument/completion', { textDocument: document, position });
        return list.items ?? list;
      },
      hover: async () => {
        const hover = await connection.sendRequest('textDocument/hover', { textDocument: document, position });
        return hover?.contents?.value ?? '';
      },
    };
    return answer;
  }

  return { type, close: () => child.kill() };
}
