import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { onboarding: procedures } = bridge;

export const onboardingHandlers = ({ onboarding }: Services) => ({
  standing: procedures.standing.handler(({ input }) => onboarding.standing(input.tenantId)),
  fetchStanding: procedures.fetchStanding.handler(({ input, signal }) =>
    onboarding.fetchStanding(input.tenantId, signal),
  ),
  prepare: procedures.prepare.handler(({ input, signal }) => onboarding.prepare(input.tenantId, input.action, signal)),
  // A request under way is not taken back by a page that goes away: the sending ends by itself.
  send: procedures.send.handler(({ input }) => onboarding.send(input.actionId, input.typedName)),
});
