import { Button, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { DocumentArrowUp16Regular } from '@fluentui/react-icons';
import { useRef } from 'react';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { Segments } from '../ui/segments.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { MAX_PICKED } from './change-draft.ts';
import type { UnitsDraft } from './change-draft.ts';
import { DirectorySearch } from './directory-search.tsx';
import { ImportResult } from './import-result.tsx';
import { useImport } from './use-import.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '8px' },
  row: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  area: { '& textarea': { minHeight: '96px', fontFamily: tokens.fontFamilyMonospace, fontSize: '12px' } },
  unseen: { display: 'none' },
});

const hints: { readonly [K in UnitKind]: string } = {
  site: 'One site a line: its address (https://…) or its site id.',
  drive: 'One account a line: its e-mail address or object id.',
  mailbox: 'One mailbox a line: its e-mail address or object id.',
};

interface UnitsFormProps {
  readonly tenantId: string;
  readonly kind: UnitKind;
  readonly units: UnitsDraft;
  readonly onChange: (part: Partial<UnitsDraft>) => void;
}

/** Names units that are to come: from the directory, pasted, or from a file. Lists are checked line by line; nothing is sent. */
export function UnitsForm({ tenantId, kind, units, onChange }: UnitsFormProps) {
  const styles = useStyles();
  const file = useRef<HTMLInputElement>(null);
  const read = useImport(tenantId, kind);
  const readList = (list: Blob, found: 'pasteImport' | 'fileImport') => {
    onChange({ [found]: undefined, isReading: true });
    read.mutate(
      { list, former: units[found]?.id },
      {
        onSuccess: summary => onChange({ [found]: summary }),
        onSettled: () => onChange({ isReading: false }),
      },
    );
  };
  return (
    <div className={styles.form}>
      <div>
        <Segments
          label="How the units are named"
          value={units.by}
          onChange={by => onChange({ by })}
          segments={[
            { id: 'directory', word: 'From the directory' },
            { id: 'paste', word: 'Pasted list' },
            { id: 'file', word: 'CSV file' },
          ]}
        />
      </div>
      {read.error !== null && <ErrorBar error={read.error} onDismiss={read.reset} />}
      {units.by === 'directory' && (
        <DirectorySearch
          tenantId={tenantId}
          type={kind === 'site' ? 'site' : 'user'}
          kind={kind}
          picked={units.picked}
          limit={MAX_PICKED}
          onChange={picked => onChange({ picked })}
        />
      )}
      {units.by === 'paste' && (
        <>
          <Field label="List" hint={hints[kind]}>
            <Textarea
              className={styles.area}
              value={units.pasted}
              readOnly={units.isReading}
              onChange={(_, data) => onChange({ pasted: data.value, pasteImport: undefined })}
              spellCheck={false}
              resize="vertical"
            />
          </Field>
          <div className={styles.row}>
            <Button
              disabledFocusable={units.pasted.trim() === '' || units.isReading}
              onClick={() => {
                if (units.pasted.trim() !== '') readList(new Blob([units.pasted]), 'pasteImport');
              }}
            >
              Check the list
            </Button>
          </div>
          {units.pasteImport !== undefined && (
            <ImportResult summary={units.pasteImport} onRead={pasteImport => onChange({ pasteImport })} />
          )}
        </>
      )}
      {units.by === 'file' && (
        <>
          <div className={styles.row}>
            <Button icon={<DocumentArrowUp16Regular />} onClick={() => file.current?.click()}>
              {units.fileName === undefined ? 'Choose a file…' : 'Choose another file…'}
            </Button>
            <span className={styles.quiet}>{units.fileName ?? hints[kind]}</span>
            <input
              ref={file}
              className={styles.unseen}
              type="file"
              accept=".csv,.txt,.tsv,text/csv,text/plain"
              aria-label="CSV file"
              onChange={event => {
                const chosen = event.target.files?.[0];
                if (chosen === undefined) return;
                onChange({ fileName: chosen.name });
                readList(chosen, 'fileImport');
                // The same file, mended and chosen again, is read again.
                event.target.value = '';
              }}
            />
          </div>
          {units.fileImport !== undefined && (
            <ImportResult summary={units.fileImport} onRead={fileImport => onChange({ fileImport })} />
          )}
        </>
      )}
      {units.isReading && <p className={styles.quiet}>Reading the list.</p>}
    </div>
  );
}
