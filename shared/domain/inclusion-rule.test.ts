import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsOfRule, findRuleForm, type RuleForm, type SiteCondition, toRuleExpression } from './inclusion-rule.ts';

const keyword = fc
  .string({ unit: 'grapheme', minLength: 3, maxLength: 30 })
  .filter(text => !/[\p{Cc}\p{Cs}]/u.test(text));
const condition: fc.Arbitrary<SiteCondition> = fc.oneof(
  fc.record({ field: fc.constantFrom('displayName' as const, 'webUrl' as const), contains: keyword }),
  fc.record({
    field: fc.constant('lastModifiedDateTime' as const),
    since: fc.integer({ min: 0, max: 253_402_300_799 }),
  }),
);
const form: fc.Arbitrary<RuleForm> = fc.oneof(
  fc.record({
    of: fc.constant('sites' as const),
    all: fc.array(fc.record({ any: fc.array(condition, { minLength: 1, maxLength: 4 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
  fc.record({ of: fc.constant('groups' as const), groupIds: fc.array(fc.uuid(), { minLength: 1, maxLength: 5 }) }),
);

describe('an expression', () => {
  it('is read back as the form that it was made of', () => {
    fc.assert(
      fc.property(form, given => {
        expect(findRuleForm(toRuleExpression(given))).toEqual(given);
      }),
    );
  });

  it('is read back by the forms of spacing and case that the service writes', () => {
    expect(
      findRuleForm(
        "(memberOf  -any (group.id -in ['0b1e3d3a-1c0f-4b39-9a07-2a9d3b1d4c11','0b1e3d3a-1c0f-4b39-9a07-2a9d3b1d4c12']))",
      ),
    ).toEqual({
      of: 'groups',
      groupIds: ['0b1e3d3a-1c0f-4b39-9a07-2a9d3b1d4c11', '0b1e3d3a-1c0f-4b39-9a07-2a9d3b1d4c12'],
    });
    expect(
      findRuleForm(
        "((displayName -contains 'Finance') -OR (webUrl -contains 'fin''s')) -and lastModifiedDateTime -ge '2026-01-01T00:00:00Z'",
      ),
    ).toEqual({
      of: 'sites',
      all: [
        {
          any: [
            { field: 'displayName', contains: 'Finance' },
            { field: 'webUrl', contains: "fin's" },
          ],
        },
        { any: [{ field: 'lastModifiedDateTime', since: 1_767_225_600 }] },
      ],
    });
  });

  it.each([
    '',
    'displayName',
    "displayName -contains 'a' -and",
    "(displayName -contains 'abc'",
    "displayName -contains 'abc')",
    "displayName -contains 'abc' -and webUrl -contains 'abc' -or webUrl -contains 'def'",
    "(displayName -contains 'abc' -and webUrl -contains 'abc') -or webUrl -contains 'def'",
    "title -contains 'abc'",
    "lastModifiedDateTime -ge 'yesterday'",
    "lastModifiedDateTime -ge '2026-01-01T00:00:00.5Z'",
    "(memberOf -any (group.id -in ['no guid']))",
    '(memberOf -any (group.id -in []))',
    '()',
    "() -and displayName -contains 'abc'",
  ])('that no form says is not read: %s', text => {
    expect(findRuleForm(text)).toBeUndefined();
  });

  it('never fails, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), text => void findRuleForm(text)));
    expect(findRuleForm('('.repeat(20_000))).toBeUndefined();
  });
});

describe('the limits of the service', () => {
  const sites = (...contains: string[]): RuleForm => ({
    of: 'sites',
    all: [{ any: contains.map(each => ({ field: 'displayName', contains: each })) }],
  });
  const groups = (count: number): RuleForm => ({
    of: 'groups',
    groupIds: Array.from(
      { length: count },
      (_, number) => `0b1e3d3a-1c0f-4b39-9a07-${String(number).padStart(12, '0')}`,
    ),
  });

  it.each<[string, RuleForm, boolean, readonly string[]]>([
    ['ten keywords', sites(...Array<string>(10).fill('abc')), false, []],
    ['eleven keywords', sites(...Array<string>(11).fill('abc')), false, ['tooManyKeywords']],
    ['a short keyword', sites('ab'), false, ['keywordTooShort']],
    ['a keyword of spaces', sites('    '), false, ['keywordTooShort']],
    ['the longest keyword', sites('a'.repeat(255)), false, []],
    ['a longer one', sites('a'.repeat(256)), false, ['keywordTooLong']],
    ['a keyword with a line break', sites('abc\ndef'), false, ['keywordUnreadable']],
    ['no conditions', { of: 'sites', all: [] }, false, ['noConditions']],
    ['an empty group of conditions', { of: 'sites', all: [{ any: [] }] }, false, ['noConditions']],
    ['a dynamic rule for sites', sites('abc'), true, ['sitesAreStatic']],
    ['three groups of a static rule', groups(3), false, []],
    ['four groups of a static rule', groups(4), false, ['tooManyGroups']],
    ['a hundred groups of a dynamic rule', groups(100), true, []],
    ['a hundred and one', groups(101), true, ['tooManyGroups']],
    ['no groups', groups(0), true, ['noGroups']],
    ['a group that is no id', { of: 'groups', groupIds: ["x'] -or ['"] }, true, ['groupIdMalformed']],
    [
      'a group named twice, in another case',
      { of: 'groups', groupIds: ['0b1e3d3a-1c0f-4b39-9a07-00000000000a', '0B1E3D3A-1C0F-4B39-9A07-00000000000A'] },
      true,
      ['groupTwice'],
    ],
  ])('%s', (_, given, isDynamic, faults) => {
    expect(faultsOfRule(given, isDynamic)).toEqual(faults);
  });
});
