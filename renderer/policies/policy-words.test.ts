import { expect, it } from 'vitest';
import { jobState, policyState, ruleState } from './policy-words.ts';

it('words the states that are documented and leaves new ones as they came', () => {
  expect(policyState({ status: 'activeWithErrors' })).toEqual({ word: 'Active, with errors', tone: 'warning' });
  expect(policyState({ status: 'hibernating' })).toEqual({ word: 'hibernating', tone: 'neutral' });
  expect(jobState({ status: 'completed' }).word).toBe('Completed');
});

it('tells a static rule that runs from a dynamic one that stands', () => {
  expect(ruleState({ status: 'active', type: 'static' }).word).toBe('Running');
  expect(ruleState({ status: 'active', type: 'dynamic' }).word).toBe('Active');
  expect(ruleState({ status: 'active', type: 'dynamic', error: { code: 'invalidGroupId', message: '' } }).word).toBe(
    'In error',
  );
});
