import { Button, Checkbox, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EmailChange, EmailSetting, PreparedEmailChange } from '../../shared/contract/notifications.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { readAddresses } from '../../shared/domain/email-address.ts';
import { toAppError, useClient, useIsOffline, useIsSignedOut, useMyZone, useTenantNow } from '../store/index.ts';
import { SignInAgain } from '../tenants/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { Facts } from '../ui/facts.tsx';
import { NoticeBar } from '../ui/notice-bar.tsx';
import { formatList } from '../ui/number.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { Moment } from '../ui/time/moment.tsx';
import {
  enabledInWords,
  eventsInWords,
  problemInWords,
  recipientsOf,
  rolesInWords,
  whyNotAskEmail,
  whyNotEmail,
} from './email-words.ts';
import { notificationQueries } from './notification-queries.ts';

const useStyles = makeStyles({
  card: { display: 'flex', flexDirection: 'column', gap: '12px', alignItems: 'stretch' },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
  list: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '160px', overflowY: 'auto' },
  form: { display: 'flex', flexDirection: 'column', gap: '4px' },
  box: { marginLeft: '-8px' },
  recipients: { maxWidth: '480px' },
  table: { borderCollapse: 'collapse', width: '100%', tableLayout: 'fixed' },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: '6px 12px 6px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
    fontWeight: tokens.fontWeightRegular,
  },
  head: { fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold },
  name: { width: '22%', color: tokens.colorNeutralForeground3 },
  same: { color: tokens.colorNeutralForeground3 },
});

/** Refusals that a sign-in to the tenant settles. */
const signInCodes: ReadonlySet<string> = new Set(['CONSENT_MISSING', 'INTERACTION_REQUIRED']);

/**
 * Whom the service mails in a tenant, and of what; changed in three steps: what is wanted, what it makes of the setting, what came of it.
 *
 * @param readsAtOnce reads it from the service as soon as it is shown, where somebody opened it for that; else by a click, since reading
 *   needs the permission to change
 */
export function EmailCard({ tenant, readsAtOnce = false }: { tenant: Tenant; readsAtOnce?: boolean }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const here = { isOffline: useIsOffline(), isSignedOut: useIsSignedOut() };
  const [step, setStep] = useState<'read' | 'form'>('read');
  const [isSent, setSent] = useState(false);
  const knownQuery = notificationQueries.email(client, tenant.id);
  const known = useQuery(knownQuery);
  const whyNotAsk = whyNotAskEmail(here);
  const fetched = useQuery({
    ...notificationQueries.fetchedEmail(client, tenant.id, queryClient),
    enabled: readsAtOnce && whyNotAsk === undefined,
  });
  const keep = (setting: EmailSetting) => queryClient.setQueryData(knownQuery.queryKey, setting);
  const error = fetched.error ?? known.error;
  const setting = known.data ?? undefined;
  return (
    <section className={styles.card} aria-label="E-mail notifications of the service">
      <p className={styles.text}>
        Microsoft’s service mails these people of what happens to the backups of {tenant.displayName}. Reading and
        changing it needs a signed-in person and the permission BackupRestore-Control.ReadWrite.All; the service lets no
        app change it alone.
      </p>
      {error !== null && (
        <ErrorBar
          error={error}
          actions={
            signInCodes.has(toAppError(error).code) ? <SignInAgain tenantId={tenant.id} scopes="control" /> : undefined
          }
        />
      )}
      {setting === undefined ? (
        fetched.isFetching || known.isPending ? (
          <SkeletonLines lines={4} label="Reading the e-mail notifications" />
        ) : (
          <p className={styles.text}>It was not read yet.</p>
        )
      ) : step === 'form' ? (
        <Change
          tenant={tenant}
          setting={setting}
          whyNot={whyNotEmail(tenant, here)}
          onCancel={() => setStep('read')}
          onSent={after => {
            keep(after);
            setSent(true);
            setStep('read');
          }}
        />
      ) : (
        <Setting tenantId={tenant.id} setting={setting} />
      )}
      {step === 'read' && (
        <>
          {isSent && (
            <p className={styles.text} role="status">
              Changed at the service, and kept in the audit.
            </p>
          )}
          <div className={styles.buttons}>
            <CommandButton
              disabledReason={whyNotAsk ?? (fetched.isFetching ? 'It is being read.' : undefined)}
              onClick={() => {
                setSent(false);
                void fetched.refetch();
              }}
            >
              Read the setting
            </CommandButton>
            <CommandButton
              disabledReason={
                whyNotEmail(tenant, here) ??
                (setting === undefined ? 'Read it first: a change is shown against what it is now.' : undefined)
              }
              onClick={() => {
                setSent(false);
                setStep('form');
              }}
            >
              Change…
            </CommandButton>
          </div>
        </>
      )}
    </section>
  );
}

function Setting({ tenantId, setting }: { tenantId: string; setting: EmailSetting }) {
  const styles = useStyles();
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const recipients = recipientsOf(setting);
  return (
    <Facts
      facts={[
        { name: 'Notifications', value: enabledInWords(setting) },
        { name: 'Mails also of', value: eventsInWords(setting) },
        {
          name: 'Sent to',
          value: `${rolesInWords(setting)}; the role is read-only for partner apps`,
        },
        {
          name: 'Recipients',
          value:
            recipients.length === 0 ? (
              'Nobody'
            ) : (
              <ul className={styles.list} aria-label="Recipients">
                {recipients.map(recipient => (
                  <li key={recipient}>{recipient}</li>
                ))}
              </ul>
            ),
        },
        { name: 'Read', value: <Moment at={setting.askedAt} zone={zone} now={now} /> },
      ]}
    />
  );
}

interface ChangeProps {
  readonly tenant: Tenant;
  readonly setting: EmailSetting;
  readonly whyNot: string | undefined;
  readonly onCancel: () => void;
  readonly onSent: (after: EmailSetting) => void;
}

/** What is wanted, then what it makes of the setting, and the button that sends it. */
function Change({ tenant, setting, whyNot, onCancel, onSent }: ChangeProps) {
  const styles = useStyles();
  const client = useClient();
  const [isEnabled, setEnabled] = useState(setting.isEnabled ?? false);
  const [tellsUpdates, setTellsUpdates] = useState(setting.additionalEvents.includes('restoreAndPolicyUpdates'));
  const [typed, setTyped] = useState(() => setting.recipients.flatMap(({ email }) => email ?? []).join('\n'));
  const { addresses, wrong } = readAddresses(typed);
  const prepare = useMutation({
    mutationFn: (change: EmailChange) => client.notifications.prepareEmail({ tenantId: tenant.id, change }),
  });
  const send = useMutation({
    mutationFn: ({ id }: PreparedEmailChange) => client.notifications.sendEmail({ changeId: id }),
    onSuccess: onSent,
  });
  const error = send.error ?? prepare.error;
  const prepared = prepare.data;
  return (
    <>
      {prepared === undefined ? (
        <div className={styles.form}>
          <Checkbox
            className={styles.box}
            label="The service sends notifications by e-mail"
            checked={isEnabled}
            onChange={(_, { checked }) => setEnabled(checked === true)}
          />
          <Checkbox
            className={styles.box}
            label="Also of restores and changes of policies"
            checked={tellsUpdates}
            onChange={(_, { checked }) => setTellsUpdates(checked === true)}
          />
          <Field
            className={styles.recipients}
            label="Recipients"
            hint="One address a line; commas and semicolons do as well. The list goes as a whole."
            validationState={wrong.length === 0 ? 'none' : 'error'}
            {...(wrong.length === 0 ? {} : { validationMessage: `No e-mail address: ${formatList(wrong)}.` })}
          >
            <Textarea value={typed} rows={5} resize="vertical" onChange={(_, { value }) => setTyped(value)} />
          </Field>
        </div>
      ) : (
        <Preview prepared={prepared} />
      )}
      {error !== null && (
        <ErrorBar
          error={error}
          onDismiss={() => {
            if (prepare.error === null) send.reset();
            else prepare.reset();
          }}
          actions={
            signInCodes.has(toAppError(error).code) ? <SignInAgain tenantId={tenant.id} scopes="control" /> : undefined
          }
        />
      )}
      <div className={styles.buttons}>
        {prepared === undefined ? (
          <>
            <CommandButton
              appearance="primary"
              disabledReason={
                whyNot ??
                (wrong.length > 0
                  ? 'Correct the addresses first.'
                  : prepare.isPending
                    ? 'The change is being checked.'
                    : undefined)
              }
              onClick={() =>
                prepare.mutate({ isEnabled, restoreAndPolicyUpdates: tellsUpdates, recipients: [...addresses] })
              }
            >
              Preview
            </CommandButton>
            <Button onClick={onCancel}>Cancel</Button>
          </>
        ) : (
          <>
            <CommandButton
              appearance="primary"
              disabledReason={
                whyNot ??
                (prepared.canSend
                  ? send.isPending
                    ? 'It is being sent.'
                    : undefined
                  : 'Something stands in its way: it is said above.')
              }
              onClick={() => send.mutate(prepared)}
            >
              Send the change
            </CommandButton>
            <Button
              onClick={() => {
                prepare.reset();
                send.reset();
              }}
            >
              Back
            </Button>
            <Button onClick={onCancel}>Cancel</Button>
          </>
        )}
      </div>
    </>
  );
}

/** Before and after, side by side, with what speaks against it. */
function Preview({ prepared: { after, before, problems } }: { prepared: PreparedEmailChange }) {
  const styles = useStyles();
  const recipients = (setting: EmailSetting) => recipientsOf(setting).join('\n') || 'Nobody';
  const rows = [
    { name: 'Notifications', before: enabledInWords(before), after: enabledInWords(after) },
    { name: 'Mails also of', before: eventsInWords(before), after: eventsInWords(after) },
    { name: 'Recipients', before: recipients(before), after: recipients(after) },
  ];
  return (
    <>
      {problems.map(problem => {
        const { text, title } = problemInWords(problem);
        return (
          <NoticeBar key={problem.code} intent={problem.severity === 'stop' ? 'error' : 'warning'} title={title}>
            {text}
          </NoticeBar>
        );
      })}
      <table className={styles.table} aria-label="What the change makes of the setting">
        <thead>
          <tr>
            <th className={`${styles.cell} ${styles.head} ${styles.name}`} scope="col">
              Setting
            </th>
            <th className={`${styles.cell} ${styles.head}`} scope="col">
              Now
            </th>
            <th className={`${styles.cell} ${styles.head}`} scope="col">
              After
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.name}>
              <th className={`${styles.cell} ${styles.name}`} scope="row">
                {row.name}
              </th>
              <td className={styles.cell} style={{ whiteSpace: 'pre-line' }}>
                {row.before}
              </td>
              <td
                className={row.before === row.after ? `${styles.cell} ${styles.same}` : styles.cell}
                style={{ whiteSpace: 'pre-line' }}
              >
                {row.before === row.after ? 'Stays' : row.after}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
