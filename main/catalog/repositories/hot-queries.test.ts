import { describe, expect, it } from 'vitest';
import { cacheInMemory, explain } from '../testing/memory-files.ts';
import { knowQueries } from './know.ts';
import { runningQuery } from './restore-sessions.ts';
import { shownQueries } from './shown.ts';
import { tenantsQuery } from './tenants.ts';
import { searchQueries } from './unit-search.ts';
import { standingsQuery } from './unit-standings.ts';
import { idsOfOwners, labelQueries, listQuery, tileQueries, unitsOfIds } from './units.ts';

/** Plans are held, not times: a query that begins to scan or sort where it must not fails here, on any machine. */
describe('hot queries', () => {
  const { db } = cacheInMemory();

  it('finds rows below a time by one walk down the primary key', () => {
    expect(explain(db, knowQueries.below)).toEqual([
      expect.stringMatching(/^SEARCH know USING PRIMARY KEY \(unit=\? AND \(t,id\)<\(\?,\?\)\)/),
    ]);
  });

  it('finds fast rows below a time in the index of fast rows alone', () => {
    const [step, ...rest] = explain(db, knowQueries.fastBelow);
    expect(step).toMatch(/^SEARCH know USING INDEX know_fast \(unit=\? AND \(t,id\)<\(\?,\?\)\)/);
    expect(rest).toEqual([]);
  });

  it('finds the latest rows of many units by one walk a unit, and nothing by scanning or sorting', () => {
    for (const query of ['tops', 'fastTops', 'floors'] as const) {
      const steps = explain(db, knowQueries[query]);
      expect(steps[0]).toMatch(/^SCAN w VIRTUAL TABLE/);
      expect(steps.slice(1).join('\n')).not.toMatch(/SCAN|TEMP B-TREE/);
      expect(steps[1]).toMatch(
        query === 'fastTops' ? /^SEARCH k USING INDEX know_fast/ : /^SEARCH k USING PRIMARY KEY/,
      );
    }
    expect(explain(db, shownQueries.ofUnits)[1]).toMatch(/^SEARCH s USING PRIMARY KEY \(unit=\?\)/);
  });

  it('looks for points by their ids with one walk a unit, over the rows of the stretch', () => {
    const steps = explain(db, knowQueries.owners).filter(step => /^(SEARCH|SCAN)/.test(step));
    expect(steps[0]).toMatch(/^SCAN w VIRTUAL TABLE/);
    expect(steps[1]).toMatch(/^SEARCH k USING PRIMARY KEY \(unit=\? AND t>\? AND t<\?\)/);
  });

  it('finds the units of a list, and the ids of their owners, by searches', () => {
    for (const query of [unitsOfIds, idsOfOwners]) {
      const steps = explain(db, query).filter(step => /^(SEARCH|SCAN)/.test(step));
      expect(steps[0]).toMatch(/^SCAN w VIRTUAL TABLE/);
      expect(steps.slice(1).filter(step => step.startsWith('SCAN'))).toEqual([]);
    }
  });

  it('finds the owners’ ids in the index alone, and units of all tenants without walking any tenant’s units', () => {
    expect(explain(db, idsOfOwners).join('\n')).toMatch(/SEARCH o USING COVERING INDEX unit_by_owner/);
    expect(explain(db, searchQueries.find).join('\n')).toMatch(/SCAN unit_text VIRTUAL TABLE INDEX/);
    expect(explain(db, searchQueries.beginning).join('\n')).toMatch(
      /SEARCH u USING (COVERING )?INDEX unit_by_name \(tenant=\? AND sort_name>\? AND sort_name<\?\)/,
    );
    for (const query of [searchQueries.texts, searchQueries.found])
      expect(explain(db, query).filter(step => step.startsWith('SCAN'))).toEqual([
        expect.stringMatching(/^SCAN w VIRTUAL TABLE/),
      ]);
  });

  it('counts how all tenants’ units stand, and finds what runs, in indexes alone', () => {
    const steps = explain(db, standingsQuery);
    expect(steps.join('\n')).toMatch(/SEARCH u USING COVERING INDEX unit_standing \(tenant=\?\)/);
    expect(steps.join('\n')).toMatch(
      /SEARCH s USING COVERING INDEX unit_standing \(tenant=\? AND kind=\? AND newest_at=\?\)/,
    );
    expect(explain(db, runningQuery).join('\n')).toMatch(/SCAN restore_session USING INDEX restore_session_running/);
  });

  it('counts tiles in the index that holds all of their columns', () => {
    const steps = [...Object.values(tileQueries), tenantsQuery].flatMap(query => explain(db, query));
    const ofUnits = steps.filter(step => /\b(unit|u) USING/.test(step));
    expect(ofUnits).toHaveLength(4);
    for (const step of ofUnits)
      expect(step).toMatch(/^SEARCH u(nit)? USING (COVERING )?INDEX unit_by_tile \(tenant=\?/);
  });

  it('finds the units of a plan’s labels by searches', () => {
    for (const query of Object.values(labelQueries))
      expect(explain(db, query).filter(step => step.startsWith('SCAN'))).toEqual([
        expect.stringMatching(/^SCAN w VIRTUAL TABLE/),
      ]);
  });

  it('reads a stretch and what hangs over its edge by searches alone', () => {
    const steps = explain(db, knowQueries.around).filter(step => /^(SEARCH|SCAN)/.test(step));
    expect(steps.filter(step => step.startsWith('SCAN'))).toEqual([]);
    expect(steps[0]).toMatch(/^SEARCH know USING PRIMARY KEY \(unit=\? AND t>\? AND t<\?\)/);
    expect(steps.filter(step => step.includes('know_fast'))).toHaveLength(2);
    expect(steps).toHaveLength(6);
  });

  it('lists alternatives in the order of the key, without sorting', () => {
    expect(explain(db, knowQueries.livingBelow).join('\n')).not.toMatch(/SCAN|TEMP B-TREE/);
  });

  it('lists units by name in the order of the index, without sorting', () => {
    const steps = explain(db, listQuery({ by: 'name', descending: false }));
    expect(steps[0]).toMatch(/^SEARCH u USING INDEX unit_by_name \(tenant=\?\)/);
    expect(steps.join('\n')).not.toMatch(/FOR ORDER BY/);
  });

  it('never walks the units of other tenants, however the list is sorted', () => {
    for (const by of ['worst', 'name', 'kind', 'policy', 'newest', 'newestFast', 'status'] as const) {
      const [first] = explain(db, listQuery({ by, descending: true }));
      expect(first).toMatch(/^SEARCH u USING .*\(tenant=\?/);
    }
  });
});
