import { QUESTIONS_A_BATCH } from '../knowledge/index.ts';

/** Groups questions for `$batch`, twenty a batch, in order. */
export function toBatches<Q>(questions: readonly Q[]): readonly (readonly Q[])[] {
  const batches: Q[][] = [];
  for (let first = 0; first < questions.length; first += QUESTIONS_A_BATCH) {
    batches.push(questions.slice(first, first + QUESTIONS_A_BATCH));
  }
  return batches;
}
