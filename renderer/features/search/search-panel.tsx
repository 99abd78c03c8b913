/** The search over everything: a field and a list that the arrow keys walk through. */
import { Kbd, Loader, Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { useViewer } from '../../viewer.ts';
import { useHelpTopics } from '../help/help-topics.ts';
import { type SearchItem, searchGroups } from './search-items.ts';

const SETTLED_MS = 90;

export function SearchPanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['comfort', 'app', 'settings']);
  const navigate = useNavigate();
  const viewer = useViewer();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const query = typed.trim();
  const [settled] = useDebouncedValue(query, SETTLED_MS);
  const answer = useRead(
    'search',
    { query: { q: settled } },
    { enabled: settled !== '', placeholderData: keepPreviousData },
  );
  const topics = useHelpTopics(useLanguage());
  const groups = searchGroups(t, viewer, query, query === '' ? undefined : answer.data, topics);
  const items = groups.flatMap((group) => group.items);
  const at = Math.min(active, Math.max(0, items.length - 1));
  const optionId = (item: SearchItem): string => `${listId}-${item.id}`;

  const go = (item: SearchItem | undefined): void => {
    if (item === undefined) return;
    onClose();
    void navigate(item.to, item.fieldLabel === undefined ? {} : { state: { fieldLabel: item.fieldLabel } });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      const next = (at + step + items.length) % items.length;
      setActive(next);
      document.getElementById(optionId(items[next] as SearchItem))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(items[at]);
    }
  };

  const current = items[at];
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={640}
      yOffset="10vh"
      centered={false}
      transitionProps={{ duration: 80 }}
      attributes={{ content: { 'aria-label': t('search.title') } }}
    >
      <TextInput
        data-autofocus
        size="lg"
        variant="unstyled"
        px="sm"
        role="combobox"
        aria-label={t('search.field')}
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-activedescendant={current === undefined ? undefined : optionId(current)}
        placeholder={t('search.field')}
        leftSection={<IconSearch size={20} stroke={1.6} />}
        rightSection={answer.isFetching ? <Loader size="xs" /> : null}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('search.found')} className="tb-search-list">
        {groups.map(({ key, items: found }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group inside a list box, which no element is
          <div key={key} role="group" aria-label={t(`search.group.${key}`)}>
            <div className="tb-search-group" aria-hidden>
              {t(`search.group.${key}`)}
            </div>
            {found.map((item) => (
              <div
                key={item.id}
                id={optionId(item)}
                role="option"
                tabIndex={-1}
                aria-selected={item === current}
                className="tb-search-item"
                data-chosen={item === current || undefined}
                onPointerMove={() => setActive(items.indexOf(item))}
                onClick={() => go(item)}
                onKeyDown={onKeyDown}
              >
                <span className="tb-ellipsis tb-num">{item.title}</span>
                <span className="tb-ellipsis tb-faint">{item.note}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className="tb-search-foot" role="status">
        {items.length === 0 && !answer.isFetching ? t('search.nothing') : <span />}
        <span aria-hidden>
          <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> <Kbd size="xs">Enter</Kbd> <Kbd size="xs">Esc</Kbd>
        </span>
      </div>
    </Modal>
  );
}
