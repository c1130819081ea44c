export { type ProblemWay, PreviewStep } from './preview-step.tsx';
