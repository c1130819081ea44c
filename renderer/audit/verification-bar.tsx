import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled } from '@fluentui/react-icons';
import type { AuditVerification } from '../../shared/contract/audit.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { NoticeBar } from '../ui/notice-bar.tsx';
import { shortId } from '../ui/short-id.ts';
import { verificationWords } from './verification-words.ts';

const useStyles = makeStyles({
  good: { color: tokens.colorStatusSuccessForeground1 },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: '11px' },
});

interface VerificationBarProps {
  readonly result: AuditVerification;
  readonly zone: string;
  readonly onShowRow: (seq: number) => void;
  readonly onDismiss: () => void;
}

/** What "Verify" came to, in words. */
export function VerificationBar({ result, zone, onShowRow, onDismiss }: VerificationBarProps) {
  const styles = useStyles();
  const { isWhole, title, meaning, row } = verificationWords(result, zone);
  return (
    <div role={isWhole ? 'status' : 'alert'}>
      <NoticeBar
        intent={isWhole ? 'info' : 'error'}
        title={title}
        {...(isWhole ? { icon: <CheckmarkCircle16Filled className={styles.good} /> } : {})}
        onDismiss={onDismiss}
        actions={
          row === undefined ? undefined : (
            <Button size="small" onClick={() => onShowRow(row)}>
              Show row {row}
            </Button>
          )
        }
      >
        {meaning}
        {isWhole && result.head !== undefined && (
          <>
            {' '}
            Hash of the last row:{' '}
            <code className={styles.id} title={result.head.hash}>
              {shortId(result.head.hash)}
            </code>{' '}
            <CopyButton text={result.head.hash} what="hash of the last row" />
          </>
        )}
      </NoticeBar>
    </div>
  );
}
