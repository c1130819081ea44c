import { useQuery } from '@tanstack/react-query';
import { create } from 'zustand';
import type { ConsoleState } from '../../shared/contract/console.ts';
import { queries, useClient } from '../store/index.ts';
import { NoticeBar } from '../ui/notice-bar.tsx';

type Notice = ConsoleState['notices'][number];

const useDismissed = create<{ codes: readonly string[] }>()(() => ({ codes: [] }));

/** What the console met when it started: each said once, until it is dismissed. */
export function Notices() {
  const notices = useQuery(queries.consoleState(useClient())).data?.notices ?? [];
  const dismissed = useDismissed(state => state.codes);
  return notices
    .filter(notice => !dismissed.includes(notice.code))
    .map(notice => {
      const { intent, title, text } = wordsOf(notice);
      return (
        <NoticeBar
          key={notice.code}
          intent={intent}
          title={title}
          onDismiss={() => useDismissed.setState(state => ({ codes: [...state.codes, notice.code] }))}
        >
          {text}
        </NoticeBar>
      );
    });
}

/** Words for each notice; a new code without words is a type error. */
function wordsOf(notice: Notice): { intent: 'error' | 'warning' | 'info'; title: string; text: string } {
  switch (notice.code) {
    case 'CACHE_SET_ASIDE':
      return {
        intent: 'warning',
        title: 'The catalog was damaged and is being filled again.',
        text: `The damaged file lies at ${notice.setAsidePath}. Plans and the audit are not touched; sync each tenant to read it anew.`,
      };
    case 'WORK_UNREADABLE':
      return {
        intent: 'error',
        title: 'Plans and the audit can’t be read, so nothing is written.',
        text:
          notice.copyPath === undefined
            ? `The damaged file is ${notice.workPath}, and there is no copy. Restores that run go on in the service; close Backstop before you move the file.`
            : `The damaged file is ${notice.workPath}. Its newest copy is ${notice.copyPath}: close Backstop, put the copy in its place and start again.`,
      };
    case 'SIGN_IN_CACHE_SET_ASIDE':
      return {
        intent: 'warning',
        title: 'The kept sign-in could not be read.',
        text: 'It was set aside. Sign in once more; nothing else is lost.',
      };
    case 'SIGN_IN_NOT_REMEMBERED':
      return {
        intent: 'info',
        title: 'The sign-in is not kept here.',
        text: 'Tokens live in memory and end with the console; you sign in again at the next start.',
      };
  }
}
