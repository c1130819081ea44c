import { faultsOfRule, ruleLimits } from '../../shared/domain/inclusion-rule.ts';
import type { RuleFault, RuleForm } from '../../shared/domain/inclusion-rule.ts';

const words: { readonly [F in RuleFault | 'otherKind']: string } = {
  otherKind: 'The rule is of another workload than the policy.',
  noConditions: 'Give each group at least one condition.',
  tooManyKeywords: `A rule takes ${ruleLimits.keywords} keywords at most: take some out.`,
  keywordTooShort: `A keyword has ${ruleLimits.shortestKeyword} characters at least: without them the rule would take in too much.`,
  keywordTooLong: `A keyword has ${ruleLimits.longestKeyword} characters at most.`,
  keywordUnreadable: 'A keyword holds a character that can’t be seen: type it again.',
  noGroups: 'Choose a group first.',
  tooManyGroups: `A static rule takes ${ruleLimits.staticGroups} groups at most, a dynamic one ${ruleLimits.dynamicGroups}.`,
  groupIdMalformed: 'A group is named by its object id, as 6f1c1c1e-0000-4000-8000-000000000001.',
  groupTwice: 'A group is named twice: take one out.',
  sitesAreStatic: 'Rules for sites are always static.',
};

const isFault = (fault: string): fault is keyof typeof words => Object.hasOwn(words, fault);

/** What is wrong with a rule’s form, in a sentence with what to do. A fault of a newer version stands as it is. */
export function faultInWords(fault: string): string {
  return isFault(fault) ? words[fault] : fault;
}

/** The first thing that keeps a form from being sent; absent where nothing does. */
export function whyNoRule(form: RuleForm, isDynamic: boolean): string | undefined {
  const [fault] = faultsOfRule(form, isDynamic);
  return fault === undefined ? undefined : words[fault];
}
