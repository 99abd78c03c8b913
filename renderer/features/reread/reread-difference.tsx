/** What a new reading would change, and the decision. */
import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Reread, RereadDifference, Source } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Count, Figure } from '../../components/values.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { CallExamples } from './call-examples.tsx';
import { PeopleTable } from './people-table.tsx';
import { isSameReading } from './reading-address.ts';
import { optionsText } from './reading-words.ts';
import { showReread } from './show-reread.ts';

const KINDS = ['gained', 'lost', 'changed'] as const;
const COUNTS = [...KINDS, 'same', 'inClosedMonths'] as const;

interface RereadDifferenceViewProps {
  readonly source: Source;
  readonly reread: Reread;
  readonly difference: RereadDifference;
}

export function RereadDifferenceView({ source, reread, difference }: RereadDifferenceViewProps) {
  const { t } = useTranslation('reread');
  const language = useLanguage();
  const { counts, people, examples } = difference;
  const title = reread.reading?.formatTitle ?? '';
  const options = optionsText(reread.reading?.formatOptions ?? {});
  return (
    <Stack>
      <Paper p="md" component="section" aria-label={t('ready.title', { title })}>
        <Title order={2}>{t(reread.isUndo ? 'ready.undoTitle' : 'ready.title', { title })}</Title>
        {options !== '' && (
          <Text size="sm" c="dimmed">
            {t('ready.options', { options })}
          </Text>
        )}
        <div className="tb-figures tb-figures-flat tb-reread-counts">
          {COUNTS.map((kind) => (
            <div key={kind} data-kind={kind}>
              <Figure label={t(`count.${kind}`)}>
                <Count value={counts[kind]} />
              </Figure>
              <Text size="xs" c="dimmed">
                {t(`countHelp.${kind}`)}
              </Text>
            </div>
          ))}
          <div data-kind="unread">
            <Figure label={t('count.unread')}>
              <span className="tb-num">
                {t('count.unreadChange', {
                  before: formatCount(counts.unreadBefore, language),
                  after: formatCount(counts.unreadAfter, language),
                })}
              </span>
            </Figure>
            <Text size="xs" c="dimmed">
              {t('countHelp.unread')}
            </Text>
          </div>
        </div>
      </Paper>
      {counts.lost > counts.same + counts.changed && counts.lost > counts.gained && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} />}>
          {t('ready.mostLost', { title })}
        </Alert>
      )}
      {examples.length > 0 && <PeopleTable people={people} />}
      {examples.length > 0 && <CallExamples examples={examples} counts={counts} />}
      <Decision source={source} reread={reread} counts={counts} />
    </Stack>
  );
}

interface DecisionProps {
  readonly source: Source;
  readonly reread: Reread;
  readonly counts: RereadDifference['counts'];
}

function Decision({ source, reread, counts }: DecisionProps) {
  const { t } = useTranslation('reread');
  const language = useLanguage();
  const title = reread.reading?.formatTitle ?? '';
  const input = { params: { id: source.id } };
  const apply = useWrite('applyReread', {
    refresh: ['listSources', 'listCalls', 'countCalls', 'getMonth', 'listQuarantine', 'listRawLines'],
    showsErrors: true,
    onDone: (after) => {
      showReread(source.id, after);
      showDone(t('apply.done', { title }));
    },
  });
  const discard = useWrite('dropReread', {
    refresh: ['getReread'],
    onDone: () => showDone(t('apply.discarded')),
  });
  const changes = KINDS.filter((kind) => counts[kind] > 0).map((kind) =>
    t(`apply.${kind}`, { count: counts[kind], number: formatCount(counts[kind], language) }),
  );
  // The same reading with the same result: there is nothing to be applied.
  const isOver =
    changes.length === 0 &&
    counts.unreadBefore === counts.unreadAfter &&
    reread.reading !== null &&
    isSameReading(reread.reading, source);
  const effect =
    changes.length > 0
      ? t('apply.text', { changes: changes.join(', '), title })
      : `${t('ready.nothing')} ${isOver ? '' : t('apply.onlyFormat', { title })}`;
  return (
    <section className="tb-save-bar tb-reread-decision" aria-label={t('apply.title')}>
      <div>
        <Text size="sm">{effect}</Text>
        {!reread.isUndo && !isOver && (
          <Text size="sm" c="dimmed">
            {t('apply.canUndo')}
          </Text>
        )}
        <FormFailure error={apply.error} />
      </div>
      <Group gap="xs" wrap="nowrap" flex="none">
        <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate(input)}>
          {t(isOver ? 'apply.close' : 'apply.discard')}
        </Button>
        {!isOver && (
          <Button loading={apply.isPending} onClick={() => apply.mutate(input)}>
            {t(reread.isUndo ? 'apply.undoAction' : 'apply.action')}
          </Button>
        )}
      </Group>
    </section>
  );
}
