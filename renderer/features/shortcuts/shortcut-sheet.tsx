/** All keys on one sheet. */
import { Kbd, Modal, SimpleGrid, Title } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { DESTINATION_GROUPS } from '../../layout/destinations.ts';
import { useViewer } from '../../viewer.ts';

const EVERYWHERE = [
  { key: 'search', keys: ['Ctrl', 'K'] },
  { key: 'searchShort', keys: ['/'] },
  { key: 'undo', keys: ['Ctrl', 'Z'] },
  { key: 'help', keys: ['F1'] },
  { key: 'shortcuts', keys: ['?'] },
  { key: 'close', keys: ['Esc'] },
] as const;

const LISTS = [
  { key: 'rows', keys: ['↑', '↓'] },
  { key: 'open', keys: ['Enter'] },
  { key: 'fields', keys: ['Tab'] },
] as const;

interface Line {
  readonly id: string;
  readonly text: string;
  readonly keys: readonly string[];
}

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['comfort', 'app']);
  const viewer = useViewer();
  const linesOf = (list: typeof EVERYWHERE | typeof LISTS): readonly Line[] =>
    list.map(({ key, keys }) => ({ id: key, text: t(`shortcuts.${key}`), keys }));
  const pages = DESTINATION_GROUPS.flatMap((group) => group.pages.filter(({ access }) => viewer.may(access)));
  const goTo = pages.map(({ key, goKey }): Line => ({ id: key, text: t(`app:nav.${key}`), keys: ['G', goKey] }));
  return (
    <Modal opened onClose={onClose} size={720} title={t('shortcuts.title')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        <div>
          <Lines title={t('shortcuts.everywhere')} lines={linesOf(EVERYWHERE)} />
          <Lines title={t('shortcuts.inLists')} lines={linesOf(LISTS)} />
        </div>
        <Lines title={t('shortcuts.goTo')} lines={goTo} />
      </SimpleGrid>
    </Modal>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  return (
    <section aria-label={title}>
      <Title order={3} mb={6}>
        {title}
      </Title>
      <dl className="tb-keys">
        {lines.map(({ id, text, keys }) => (
          <Fragment key={id}>
            <dt>{text}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key} size="xs">
                  {key}
                </Kbd>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
