import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from './folded-text.ts';
import { holds, rankOf, toIndexed, toMatch, toWords } from './searched-text.ts';

describe('searched text', () => {
  it('is typed in words, without case, accents and control characters', () => {
    expect(toWords('  Élodie   ÅKESSON\u{0}\u{2} élodie ')).toEqual(['elodie', 'akesson']);
    expect(toWords(' \t ')).toEqual([]);
  });

  it('is asked for by pieces of three letters, short words by their marked beginnings', () => {
    expect(toMatch(['virt'])).toBe('"vir" AND "irt"');
    expect(toMatch(['v'])).toBe('"\u{2}\u{2}v"');
    expect(toMatch(['vi', 'abc'])).toBe('"\u{2}vi" AND "abc"');
    expect(toMatch(['😀😀😀'])).toBe('"😀😀😀"');
    expect(toMatch(['@c', '-'])).toBe('"\u{2}\u{2}c"');
    expect(toMatch(['@', '-'])).toBe('');
  });

  it('is never a query of its own, whatever is typed', () => {
    expect(toMatch(['a"b"'])).toBe('"a""b" AND """b"""');
    expect(toMatch(['x'.repeat(500)])).toBe('"xxx"');
    expect(toMatch([Array.from({ length: 200 }, (_, index) => index).join('')]).split(' AND ')).toHaveLength(24);
  });

  it('holds short words at beginnings alone, longer ones anywhere', () => {
    const text = 'aino virtanen\naino.virtanen@contoso.example';
    expect(holds(text, ['vi'])).toBe(true);
    expect(holds(text, ['ir'])).toBe(false);
    expect(holds(text, ['tan'])).toBe(true);
    expect(holds(text, ['tan', 'bo'])).toBe(false);
    expect(holds(text, ['@c'])).toBe(true);
  });

  it('is ranked by how it begins', () => {
    expect(rankOf('aino virtanen', ['aino', 'vir'])).toBe(0);
    expect(rankOf('aino virtanen', ['vir', 'aino'])).toBe(1);
    expect(rankOf('x\nhttps://contoso.example/sites/finance', ['fin'])).toBe(1);
    expect(rankOf('x\nhttps://contoso.example/sites/corpfinance', ['fin'])).toBe(2);
  });

  it('finds by its pieces whatever holds the words', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'é', 'ß', '.', '-', ' ', '@', '"', '王', '😀', '𐐀'), {
      maxLength: 14,
    });
    fc.assert(
      fc.property(text, text, (name, typed) => {
        const folded = fold(name.join(''));
        const words = toWords(typed.join(''));
        fc.pre(words.length > 0 && holds(folded, words));
        const letters = Array.from(toIndexed(folded));
        const indexed = new Set(letters.map((_, index) => letters.slice(index, index + 3).join('')));
        const match = toMatch(words);
        for (const piece of match === '' ? [] : match.split(' AND '))
          expect(indexed).toContain(piece.slice(1, -1).replaceAll('""', '"'));
      }),
      { numRuns: 3_000 },
    );
  });
});
