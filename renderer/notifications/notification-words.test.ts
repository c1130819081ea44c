import { describe, expect, it } from 'vitest';
import { minuteInWords, readMinute, testInWords } from './notification-words.ts';

describe('a time of the day', () => {
  it('reads back as it is written', () => {
    for (const minute of [0, 59, 60, 421, 1_439]) expect(readMinute(minuteInWords(minute))).toBe(minute);
  });
  it('is read in the forms that people type', () => {
    expect([' 7:00 ', '0700', '22.30'].map(readMinute)).toEqual([420, 420, 1_350]);
  });
  it('is refused where it is none', () => {
    for (const text of ['', '24:00', '7', '12:60', 'noon', '1:2']) expect(readMinute(text)).toBeUndefined();
  });
});

describe('what came of a test notification', () => {
  it('says what to do where it was refused', () => {
    expect(testInWords({ outcome: 'refused', reason: 'denied' }, 'page').words).toContain('settings of this site');
    expect(testInWords({ outcome: 'refused', reason: 'Off' }, 'system').words).toBe(
      'The system refused the notification: Off. Allow notifications of Backstop in the system’s settings.',
    );
    expect(testInWords({ outcome: 'shown' }, 'system')).toMatchObject({ isShown: true });
  });
});
