import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { audit: procedures } = bridge;

export const auditHandlers = ({ audit }: Services) => ({
  list: procedures.list.handler(({ input: { filter, window } }) => audit.list(filter, window)),
  choices: procedures.choices.handler(({ input }) => audit.choices(input.tenantId)),
  get: procedures.get.handler(({ input }) => audit.get(input.seq)),
  verify: procedures.verify.handler(() => audit.verify()),
  export: procedures.export.handler(({ input }) => audit.export(input.filter, input.format)),
});
