/** Help in the program: topics on the left, the chosen one beside them, a field that searches all of them. */
import { Button, Paper, Text, TextInput, Title } from '@mantine/core';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import Markdown from 'markdown-to-jsx';
import { type ComponentProps, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useParams } from 'react-router';
import { ranked } from '../../../core/model/search-rank.ts';
import { Page } from '../../components/page.tsx';
import { useLanguage } from '../../language.ts';
import { ShortcutSheet } from '../shortcuts/shortcut-sheet.tsx';
import { useHelpTopics } from './help-topics.ts';

export function HelpPage() {
  const { t } = useTranslation('comfort');
  const { topic: id } = useParams();
  const topics = useHelpTopics(useLanguage());
  const [typed, setTyped] = useState('');
  const [showsKeys, setShowsKeys] = useState(false);
  const shown = typed.trim() === '' ? topics : ranked(topics, typed, ({ title, text }) => [title, text]);
  const chosen = topics.find((topic) => topic.id === id) ?? topics[0];
  return (
    <Page
      title={t('help.title')}
      lead={t('help.lead')}
      actions={
        <Button
          variant="default"
          leftSection={<IconKeyboard size={16} stroke={1.6} />}
          onClick={() => setShowsKeys(true)}
        >
          {t('help.shortcuts')}
        </Button>
      }
    >
      <div className="tb-help">
        <nav aria-label={t('help.topics')}>
          <TextInput
            mb="xs"
            aria-label={t('help.search')}
            placeholder={t('help.search')}
            leftSection={<IconSearch size={15} stroke={1.6} />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <ul className="tb-help-topics">
            {shown.map((topic) => (
              <li key={topic.id}>
                <NavLink
                  to={`/help/${topic.id}`}
                  className="tb-nav-link"
                  aria-current={topic === chosen ? 'page' : undefined}
                  data-chosen={topic === chosen || undefined}
                >
                  {topic.title}
                </NavLink>
              </li>
            ))}
          </ul>
          <div role="status">{topics.length > 0 && shown.length === 0 && <Text c="dimmed">{t('help.none')}</Text>}</div>
        </nav>
        {chosen !== undefined && (
          <Paper component="article" className="tb-help-text">
            <Title order={2} size="h1" mb="sm">
              {chosen.title}
            </Title>
            <Markdown options={{ disableParsingRawHTML: true, forceBlock: true, overrides: { a: HelpLink } }}>
              {chosen.text}
            </Markdown>
          </Paper>
        )}
      </div>
      {showsKeys && <ShortcutSheet onClose={() => setShowsKeys(false)} />}
    </Page>
  );
}

/** To a page of the program, or to another topic by its file. */
function HelpLink({ href = '', children }: ComponentProps<'a'>) {
  const topic = /^([\w-]+)\.md$/.exec(href)?.[1];
  return (
    <Link className="tb-link" to={topic === undefined ? href : `/help/${topic}`}>
      {children}
    </Link>
  );
}
