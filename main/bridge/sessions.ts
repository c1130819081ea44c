import { asAppFailure } from '../failures.ts';
import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { sessions: procedures } = bridge;

export const sessionHandlers = ({ restore: { sessions }, reports }: Services) => ({
  list: procedures.list.handler(({ input }) => sessions.list(input.tenantId)),
  refresh: procedures.refresh.handler(async ({ input: { tenantId }, signal }) => {
    try {
      return await sessions.refresh(tenantId, signal);
    } catch (error) {
      throw asAppFailure(error, { tenantId });
    }
  }),
  get: procedures.get.handler(({ input }) => sessions.get(input.tenantId, input.sessionId)),
  listArtifacts: procedures.listArtifacts.handler(async ({ input: { only, ...question }, signal }) => {
    try {
      return await sessions.listArtifacts(only === undefined ? question : { ...question, only }, signal);
    } catch (error) {
      throw asAppFailure(error, { tenantId: question.tenantId });
    }
  }),
  report: procedures.report.handler(({ input, signal }) => reports.report(input, signal)),
});
