import { BackgroundSettings } from '../../shared/contract/console.ts';

/** What was typed as a number of questions, with or without separators; else what is wrong with it. */
export function readQuestions(text: string): number | string {
  const digits = text.replaceAll(/[\s,.’']/g, '');
  const number = BackgroundSettings.shape.questionsADay.safeParse(
    /^\d{1,9}$/.test(digits) ? Number(digits) : undefined,
  );
  return number.success ? number.data : 'A whole number from 100 to 100,000.';
}
