import { create } from 'zustand';
import type { Plan } from '../../shared/contract/plans.ts';
import { firstStep, next } from './wizard.ts';
import type { Step, WizardEvent } from './wizard.ts';

interface WizardStore {
  /** By plan, so that leaving the wizard and coming back loses nothing typed. */
  readonly steps: { readonly [planId: string]: Step };
  readonly open: (plan: Plan) => void;
  readonly send: (planId: string, event: WizardEvent) => void;
  readonly forget: (planId: string) => void;
}

export const useWizardStore = create<WizardStore>()(set => ({
  steps: {},
  open: plan =>
    set(state =>
      state.steps[plan.id] === undefined ? { steps: { ...state.steps, [plan.id]: firstStep(plan) } } : state,
    ),
  send: (planId, event) =>
    set(state => {
      const step = state.steps[planId];
      return step === undefined ? state : { steps: { ...state.steps, [planId]: next(step, event) } };
    }),
  forget: planId =>
    set(state => {
      const { [planId]: _, ...steps } = state.steps;
      return { steps };
    }),
}));
