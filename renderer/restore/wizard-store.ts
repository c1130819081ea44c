import { create } from 'zustand';
import type { Plan } from '../../shared/contract/plans.ts';
import { firstStep, next } from './wizard.ts';
import type { Step, StepName, WizardEvent } from './wizard.ts';

interface WizardStore {
  /** By plan, so that leaving the wizard and coming back loses nothing typed. */
  readonly steps: { readonly [planId: string]: Step };
  /** @param wanted the step that the address names, where it names one */
  readonly open: (plan: Plan, wanted: StepName | undefined) => void;
  readonly send: (planId: string, event: WizardEvent) => void;
  readonly forget: (planId: string) => void;
}

export const useWizardStore = create<WizardStore>()(set => ({
  steps: {},
  open: (plan, wanted) =>
    set(state =>
      state.steps[plan.id] === undefined ? { steps: { ...state.steps, [plan.id]: firstStep(plan, wanted) } } : state,
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
