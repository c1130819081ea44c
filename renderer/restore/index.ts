export { futureInWords } from './incident.ts';
export { RestoreWizard } from './restore-wizard.tsx';
export { namedUnitColumns, newestColumn, newestFastColumn } from './unit-columns.tsx';
export { useWhyNotAsk } from './use-why-not-ask.ts';
export { createPlanOfUnit, useMakePlan } from './use-make-plan.ts';
