import { Alert, Badge, Button, Group, Tabs, Text } from '@mantine/core';
import { useMemo, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TariffVersion } from '../../../core/api/contract.ts';
import { ApiFailure } from '../../api.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Page } from '../../components/page.tsx';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { ChangesPanel } from './changes-panel.tsx';
import { DraftChecks } from './draft-checks.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { PublishedNotice } from './published-notice.tsx';
import { type DraftContent, isSaved, ratesOf, startHistory, step } from './rate-edits.ts';
import { RatesPanel } from './rates-panel.tsx';
import { TermsForm } from './terms-form.tsx';
import { useCounted } from './use-counted.ts';
import { useFromText } from './use-from-text.ts';
import { useUndoKeys } from './use-undo-keys.ts';
import { VersionToolbar } from './version-toolbar.tsx';
import { WarningsPanel } from './warnings-panel.tsx';

const TABS = ['rates', 'terms', 'changes', 'checks'] as const;
type TabName = (typeof TABS)[number];

interface VersionEditorProps {
  readonly first: TariffVersion;
  readonly content: DraftContent;
  readonly onReadAgain: () => void;
}

export function VersionEditor({ first, content, onReadAgain }: VersionEditorProps) {
  const { t } = useTranslation(['tariffs', 'app']);
  const counted = useCounted();
  const [version, setVersion] = useState(first);
  const [history, dispatch] = useReducer(step, content, startHistory);
  const [tab, setTab] = useState<TabName>('rates');
  const [shownId, setShownId] = useState<number>();
  const [isPublishing, setIsPublishing] = useState(false);
  const [justPublished, setJustPublished] = useState(false);
  const checks = useRef(new DraftChecks());
  const present = history.content;
  const problems = useMemo(() => checks.current.check(present), [present]);
  const isReadOnly = version.state === 'published';
  const isClean = isSaved(history);

  const replace = useWrite('replaceTariffDraft', { showsErrors: true, refresh: ['listTariffs', 'checkTariffVersion'] });
  /** Resolves with the version that is stored then; undefined where it was refused. */
  const save = async (): Promise<TariffVersion | undefined> => {
    if (isClean) return version;
    const { done } = history;
    const whole = JSON.stringify({ ...present.terms, rates: ratesOf(present) });
    try {
      const saved = await replace.mutateAsync({
        params: { id: version.id },
        query: { changedAtMs: version.changedAtMs },
        body: new Blob([whole]),
      });
      setVersion(saved.version);
      dispatch({ kind: 'saved', done });
      return saved.version;
    } catch {
      // The failure stands above the prices.
      return undefined;
    }
  };
  const saveByHand = async (): Promise<void> => {
    if ((await save()) !== undefined) showDone(t('version.saved'));
  };
  const undo = isReadOnly || history.done.length === 0 ? undefined : () => dispatch({ kind: 'undo' });
  const redo = isReadOnly || history.undone.length === 0 ? undefined : () => dispatch({ kind: 'redo' });
  useUndoKeys({ undo, redo, save: isReadOnly ? undefined : () => void saveByHand() });

  const show = (rowId: number): void => {
    setShownId(rowId);
    setTab('rates');
  };
  const isConflict = replace.error instanceof ApiFailure && replace.error.problem?.code === 'draft-changed';
  return (
    <Page
      title={t('version.title', { name: version.tariffName, number: version.number })}
      isFixed
      actions={<VersionBadge version={version} isClean={isClean} />}
    >
      {justPublished ? <PublishedNotice version={version} /> : isReadOnly && <ReadOnlyNotice version={version} />}
      {isConflict ? (
        <Alert color="orange" mb="sm">
          <Group justify="space-between">
            <Text size="sm">{t('version.conflict')}</Text>
            <Button size="xs" variant="default" onClick={onReadAgain}>
              {t('version.reload')}
            </Button>
          </Group>
        </Alert>
      ) : (
        <FormFailure error={replace.error} unshown={['']} />
      )}
      <Tabs
        className="tb-version"
        value={tab}
        onChange={(next) => setTab(TABS.find((name) => name === next) ?? 'rates')}
        keepMounted={false}
      >
        <div className="tb-version-bar">
          <Tabs.List>
            {TABS.map((name) => (
              <Tabs.Tab
                key={name}
                value={name}
                rightSection={
                  name === 'checks' && problems.count > 0 ? (
                    <Badge size="sm" color="orange">
                      {t('version.problems', counted(problems.count))}
                    </Badge>
                  ) : undefined
                }
              >
                {t(`version.tab.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <VersionToolbar
            version={version}
            isClean={isClean}
            isSaving={replace.isPending}
            undo={undo}
            redo={redo}
            onSave={() => void saveByHand()}
            onPublish={() => setIsPublishing(true)}
          />
        </div>
        <Tabs.Panel value="rates" className="tb-rates">
          <RatesPanel
            content={present}
            earlier={content}
            problems={problems.rows}
            isReadOnly={isReadOnly}
            shownId={shownId}
            nextId={history.nextId}
            onStep={dispatch}
          />
        </Tabs.Panel>
        <Tabs.Panel value="terms" className="tb-scroll">
          <TermsForm
            terms={present.terms}
            problems={problems.terms}
            isReadOnly={isReadOnly}
            onChange={(after) => dispatch({ kind: 'edit', edit: { terms: { before: present.terms, after } } })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="changes" className="tb-scroll">
          <ChangesPanel version={version} content={present} />
        </Tabs.Panel>
        <Tabs.Panel value="checks" className="tb-scroll">
          <ProblemsPanel problems={problems} content={present} onShow={show} />
          <WarningsPanel versionId={version.id} content={present} isSaved={isClean} onShow={show} />
        </Tabs.Panel>
      </Tabs>
      {isPublishing && (
        <PublishDialog
          version={version}
          content={present}
          problemCount={problems.count}
          save={save}
          onClose={() => setIsPublishing(false)}
          onPublished={(published) => {
            setVersion(published);
            setIsPublishing(false);
            setJustPublished(true);
          }}
        />
      )}
      <LeaveGuard isOn={!isClean && !isReadOnly} />
    </Page>
  );
}

function VersionBadge({ version, isClean }: { readonly version: TariffVersion; readonly isClean: boolean }) {
  const { t } = useTranslation('tariffs');
  if (version.state === 'published') {
    return <Badge variant="light">{t(version.isPresent ? 'version.present' : 'version.published')}</Badge>;
  }
  return (
    <Badge variant="light" color={isClean ? 'gray' : 'orange'}>
      {t(isClean ? 'version.draft' : 'version.unsaved')}
    </Badge>
  );
}

function ReadOnlyNotice({ version }: { readonly version: TariffVersion }) {
  const { t } = useTranslation('tariffs');
  const language = useLanguage();
  const fromText = useFromText();
  return (
    <Text size="sm" c="dimmed" mb="xs">
      {t('version.readOnly', {
        by: version.publishedBy ?? 'Tollbook',
        day: formatInstant(version.publishedAtMs ?? version.createdAtMs, language),
        from: fromText(version.effectiveFrom),
      })}
    </Text>
  );
}
