// The language server's own JSON-RPC library, which is not an ES module.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const rpc = require('vscode-jsonrpc/node');
export const { createMessageConnection: connect, StreamMessageReader, StreamMessageWriter } = rpc;

export function createMessageConnection(reader, writer) {
  const connection = connect(reader, writer);
  connection.listen();
  return connection;
}
