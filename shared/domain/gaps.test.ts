import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classOf, type DirectoryMember, judge, kindsOf, leftOutClasses, type OwnedUnit } from './gaps.ts';
import { protectionUnitStatuses, unitKinds } from './protection-unit.ts';

const member: fc.Arbitrary<DirectoryMember> = fc.oneof(
  fc.record(
    {
      type: fc.constant('user' as const),
      id: fc.uuid(),
      name: fc.string(),
      address: fc.string(),
      isEnabled: fc.boolean(),
      userType: fc.constantFrom('Member', 'Guest', 'guest', 'Somebody'),
      services: fc.array(fc.constantFrom('exchange', 'Exchange', 'SharePoint', 'TeamspaceAPI')),
    },
    { requiredKeys: ['type', 'id', 'name'] },
  ),
  fc.record(
    {
      type: fc.constant('site' as const),
      id: fc.uuid(),
      name: fc.string(),
      address: fc.constantFrom(
        'https://contoso.sharepoint.example/sites/finance',
        'https://contoso-my.sharepoint.example/personal/ada_contoso',
        'https://contoso-my.sharepoint.example/',
        'https://contoso.sharepoint.example/sites/ContentTypeHub',
        'no address',
      ),
      isPersonal: fc.boolean(),
    },
    { requiredKeys: ['type', 'id', 'name'] },
  ),
);
const unit: fc.Arbitrary<OwnedUnit> = fc.record(
  {
    id: fc.uuid(),
    kind: fc.constantFrom(...unitKinds),
    status: fc.constantFrom(...protectionUnitStatuses, 'newWord'),
    policyId: fc.uuid(),
    isInError: fc.boolean(),
  },
  { requiredKeys: ['id', 'kind', 'status', 'isInError'] },
);
const classes = ['user', 'site', ...leftOutClasses];
const holds = ({ policyId, status, isInError }: OwnedUnit): boolean =>
  policyId !== undefined &&
  status !== 'removeRequested' &&
  (isInError || (status !== 'unprotected' && status !== 'unprotectRequested'));

describe('judge', () => {
  it('gives each directory object exactly one class, and a user none of a site’s', () => {
    fc.assert(
      fc.property(member, fc.array(unit), fc.boolean(), (of, units, isCollectionHeld) => {
        const judged = judge(of, units, isCollectionHeld);
        expect(classes.filter(name => name === judged.class)).toHaveLength(1);
        expect(judged.is === 'gap').toBe(
          judged.is !== 'protected' && (judged.class === 'user' || judged.class === 'site'),
        );
        if (of.type === 'user') expect(judged.class).not.toMatch(/site/i);
      }),
    );
  });

  it('lists nothing that is protected, and everything that should be and is not', () => {
    fc.assert(
      fc.property(member, fc.array(unit), fc.boolean(), (of, units, isCollectionHeld) => {
        const judged = judge(of, units, isCollectionHeld);
        const wanted = kindsOf(of);
        const held = new Set(units.filter(holds).map(({ kind }) => kind));
        for (const { kind } of judged.missing) expect(held.has(kind)).toBe(false);
        if (wanted.length > 0 && wanted.every(kind => held.has(kind))) expect(judged.is).toBe('protected');
        if (judged.is === 'gap')
          expect(judged.missing.map(({ kind }) => kind)).toEqual(wanted.filter(kind => !held.has(kind)));
        if (judged.is === 'protected') expect(judged.missing).toEqual([]);
      }),
    );
  });

  it('does not mind in which order the units come', () => {
    fc.assert(
      fc.property(member, fc.array(unit), (of, units) => {
        const kindsAndWhys = (some: readonly OwnedUnit[]) =>
          judge(of, some, false).missing.map(({ kind, why }) => [kind, why]);
        expect(kindsAndWhys(units.toReversed())).toEqual(kindsAndWhys(units));
      }),
    );
  });

  it('holds nothing against an account that the directory does not tell', () => {
    fc.assert(
      fc.property(fc.uuid(), id => {
        const bare = { type: 'user', id, name: 'Ada' } as const;
        expect(judge(bare, [], false)).toMatchObject({
          is: 'gap',
          missing: [
            { kind: 'drive', why: 'neverAdded' },
            { kind: 'mailbox', why: 'neverAdded' },
          ],
        });
      }),
    );
  });
});

const user = (facts: object): DirectoryMember => ({ type: 'user', id: 'u', name: 'Ada', ...facts });
const site = (facts: object): DirectoryMember => ({ type: 'site', id: 's', name: 'Finance', ...facts });
const owned = (facts: Partial<OwnedUnit>): OwnedUnit => ({
  id: 'unit',
  kind: 'mailbox',
  status: 'protected',
  policyId: 'p',
  isInError: false,
  ...facts,
});

describe('what a directory object is', () => {
  it.each([
    ['a guest, whatever else', user({ userType: 'Guest', isEnabled: false, services: [] }), 'guest'],
    ['a blocked account, licensed or not', user({ isEnabled: false, services: [] }), 'blocked'],
    ['an account without a plan', user({ isEnabled: true, services: ['TeamspaceAPI'] }), 'unlicensed'],
    ['an account with a plan', user({ isEnabled: true, services: ['exchange'] }), 'user'],
    ['a site', site({ address: 'https://contoso.sharepoint.com/sites/finance' }), 'site'],
    [
      'a site named like the search centre',
      site({ address: 'https://contoso.sharepoint.com/sites/searching' }),
      'site',
    ],
    ['a personal site', site({ isPersonal: true }), 'personalSite'],
    ['a personal site by its address', site({ address: 'https://c-my.sharepoint.com/personal/ada' }), 'personalSite'],
    ['the host of personal sites', site({ address: 'https://c-my.sharepoint.com/' }), 'systemSite'],
    ['the content type hub', site({ address: 'https://c.sharepoint.com/sites/ContentTypeHub/' }), 'systemSite'],
    ['the root site', site({ address: 'https://c.sharepoint.com' }), 'site'],
  ])('%s', (_, of, expected) => {
    expect(classOf(of)).toBe(expected);
  });

  it('misses what its plans hold data of, and no more', () => {
    expect(kindsOf(user({ services: ['exchange'] }))).toEqual(['mailbox']);
    expect(kindsOf(user({ services: ['SharePoint'] }))).toEqual(['drive']);
    expect(judge(user({ services: ['exchange'] }), [owned({})], false).is).toBe('protected');
    expect(judge(user({ services: ['exchange', 'SharePoint'] }), [owned({})], false).missing).toEqual([
      { kind: 'drive', why: 'neverAdded' },
    ]);
  });

  it('is protected by one kind where nobody knows which it has: a shared mailbox', () => {
    expect(judge(user({ isEnabled: false, services: [] }), [owned({})], false).is).toBe('protected');
    expect(judge(user({ isEnabled: false, services: [] }), [], false)).toMatchObject({
      is: 'leftOut',
      class: 'blocked',
    });
  });

  it('says why a kind is missing', () => {
    const why = (facts: Partial<OwnedUnit>) =>
      judge(user({ services: ['exchange'] }), [owned(facts)], false).missing.map(missing => missing.why);
    expect(why({ status: 'unprotected', policyId: undefined })).toEqual(['removed']);
    expect(why({ status: 'removeRequested' })).toEqual(['beingRemoved']);
    expect(why({ status: 'offboardRequested', policyId: undefined })).toEqual(['deletionAsked']);
    expect(why({ status: 'offboarded', policyId: undefined })).toEqual(['deleted']);
    expect(why({ status: 'unprotected' })).toEqual(['policyInactive']);
    expect(why({ status: 'protectRequested' })).toEqual([]);
    // In error it is a gap of another sort.
    expect(why({ status: 'unprotected', isInError: true })).toEqual([]);
  });

  it('is part of a protected site collection, which is no gap', () => {
    expect(judge(site({}), [], true)).toMatchObject({ is: 'leftOut', class: 'partOfProtectedSite' });
    expect(judge(site({}), [], false)).toMatchObject({ is: 'gap', class: 'site' });
  });
});
