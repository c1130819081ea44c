import { makeStyles, tokens } from '@fluentui/react-components';
import type { ServiceApp } from '../../shared/contract/tenants.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Mark } from '../ui/mark.tsx';
import { shortId } from '../ui/short-id.ts';
import { formatDate, formatMoment } from '../ui/time/format.ts';
import { ServiceCard } from './service-card.tsx';
import { appWords } from './service-words.ts';
import { useTextStyles } from './use-text-styles.ts';

const useStyles = makeStyles({
  app: {
    padding: '6px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    ':first-child': { borderTop: 'none', paddingTop: 0 },
  },
  head: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: '0 12px' },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  id: { display: 'inline-flex', alignItems: 'center', fontFamily: tokens.fontFamilyMonospace, fontSize: '12px' },
});

interface AppsCardProps {
  readonly apps: readonly ServiceApp[] | undefined;
  readonly zone: string;
  readonly now: UtcSeconds;
}

/** All service apps that the tenant knows, ours first, with their states and dates. */
export function AppsCard({ apps, zone, now }: AppsCardProps) {
  const styles = useStyles();
  const text = useTextStyles();
  return (
    <ServiceCard title="Service apps">
      {apps === undefined ? (
        <p className={text.detail}>Which apps are registered is not known yet.</p>
      ) : apps.length === 0 ? (
        <p className={text.detail}>
          No app is registered. Microsoft’s own tool registers none, also where it controls.
        </p>
      ) : (
        <ul className={text.list}>
          {apps
            .toSorted((a, b) => Number(b.isOurs) - Number(a.isOurs))
            .map(app => {
              const { word, tone, means } = appWords(app, at => formatMoment(at, zone, now));
              return (
                <li key={app.id} className={styles.app}>
                  <div className={styles.head}>
                    <span className={styles.name}>{app.isOurs ? 'Backstop' : (app.name ?? 'Another app')}</span>
                    <Mark tone={tone}>{word}</Mark>
                  </div>
                  <p className={text.detail}>{means}</p>
                  <div className={styles.head}>
                    <span className={styles.id} title={app.id}>
                      {shortId(app.id)}
                      <CopyButton text={app.id} what="app id" />
                    </span>
                    {app.registeredAt !== undefined && (
                      <span className={text.quiet}>registered {formatDate(app.registeredAt, zone)}</span>
                    )}
                  </div>
                </li>
              );
            })}
        </ul>
      )}
    </ServiceCard>
  );
}
