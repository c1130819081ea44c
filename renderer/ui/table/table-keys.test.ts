import { describe, expect, it } from 'vitest';
import { commandOf } from './table-keys.ts';

const key = (name: string, held: { shift?: boolean; ctrl?: boolean; alt?: boolean } = {}) => ({
  key: name,
  shiftKey: held.shift ?? false,
  ctrlKey: held.ctrl ?? false,
  metaKey: false,
  altKey: held.alt ?? false,
});
const place = { active: 10, rows: 100, pageRows: 14, selectable: true };

describe('commandOf', () => {
  it('moves by one, by a page and to the ends, and stays inside', () => {
    const to = (name: string, from = place) => {
      const command = commandOf(key(name), from);
      return command?.type === 'move' ? command.to : undefined;
    };
    expect(to('ArrowDown')).toBe(11);
    expect(to('ArrowUp')).toBe(9);
    expect(to('PageDown')).toBe(24);
    expect(to('PageUp')).toBe(0);
    expect(to('Home')).toBe(0);
    expect(to('End')).toBe(99);
    expect(to('ArrowDown', { ...place, active: 99 })).toBe(99);
  });
  it('enters at the first row', () => {
    expect(commandOf(key('ArrowDown'), { ...place, active: undefined })).toEqual({
      type: 'move',
      to: 0,
      extend: false,
    });
  });
  it('extends with Shift only where rows can be selected', () => {
    expect(commandOf(key('ArrowDown', { shift: true }), place)).toEqual({ type: 'move', to: 11, extend: true });
    expect(commandOf(key('ArrowDown', { shift: true }), { ...place, selectable: false })).toEqual({
      type: 'move',
      to: 11,
      extend: false,
    });
  });
  it('selects with Space and Ctrl+A, opens with Enter', () => {
    expect(commandOf(key(' '), place)).toEqual({ type: 'toggle' });
    expect(commandOf(key('a', { ctrl: true }), place)).toEqual({ type: 'selectAll' });
    expect(commandOf(key('a'), place)).toBeUndefined();
    expect(commandOf(key(' '), { ...place, selectable: false })).toBeUndefined();
    expect(commandOf(key('Enter'), place)).toEqual({ type: 'open' });
  });
  it('leaves Alt and an empty table alone', () => {
    expect(commandOf(key('ArrowUp', { alt: true }), place)).toBeUndefined();
    expect(commandOf(key('ArrowDown'), { ...place, rows: 0 })).toBeUndefined();
  });
});
