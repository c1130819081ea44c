import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';
import { withSignal } from './with-signal.ts';

const { policies: procedures } = bridge;

export const policyHandlers = ({ policies: { reader, changes, directory, imports } }: Services) => ({
  list: procedures.list.handler(({ input }) => reader.list(input.tenantId)),
  fetchList: procedures.fetchList.handler(async ({ input: { tenantId }, signal }) => {
    await changes.settleLeftOver(tenantId);
    return await reader.fetchList(tenantId, withSignal(signal));
  }),
  get: procedures.get.handler(({ input }) => reader.get(input.tenantId, input.policyId)),
  fetch: procedures.fetch.handler(({ input, signal }) =>
    reader.fetch(input.tenantId, input.policyId, withSignal(signal)),
  ),
  prepare: procedures.prepare.handler(({ input, signal }) => changes.prepare(input.tenantId, input.change, signal)),
  // A request under way is not taken back by a page that goes away: the sending ends by itself.
  send: procedures.send.handler(({ input }) => changes.send(input.changeId, input.typedName)),
  change: procedures.change.handler(({ input }) => changes.change(input.changeId)),
  listResults: procedures.listResults.handler(({ input }) =>
    changes.listResults(input.changeId, input.only, input.window),
  ),
  searchDirectory: procedures.searchDirectory.handler(({ input, signal }) =>
    directory.search(input.tenantId, input.type, input.text, withSignal(signal)),
  ),
  groups: procedures.groups.handler(({ input, signal }) =>
    directory.groups(input.tenantId, input.groupIds, withSignal(signal)),
  ),
  openImport: procedures.openImport.handler(({ input }) => ({ importId: imports.open(input.tenantId, input.kind) })),
  addToImport: procedures.addToImport.handler(({ input }) => ({ bytes: imports.add(input.importId, input.bytes) })),
  readImport: procedures.readImport.handler(({ input: { importId, ...reading } }) => imports.read(importId, reading)),
  listImportLines: procedures.listImportLines.handler(({ input }) =>
    imports.listLines(input.importId, input.only, input.window),
  ),
  closeImport: procedures.closeImport.handler(({ input }) => imports.close(input.importId)),
});
