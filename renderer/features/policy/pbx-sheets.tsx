/** The rules and codes in the form that a PBX takes: files with their text, or a table to be keyed in and printed. */
import {
  Alert,
  Badge,
  Button,
  Checkbox,
  Group,
  Modal,
  Paper,
  Select,
  Skeleton,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { IconDownload, IconEye, IconEyeOff, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PbxSheet } from '../../../core/api/contract.ts';
import { makerFamily, PBX_SHEET_KINDS, type PbxSheetKind } from '../../../core/model/pbx-requests.ts';
import { urlOf } from '../../api.ts';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';

const KIND_OF_FAMILY: Partial<Record<ReturnType<typeof makerFamily>, PbxSheetKind>> = {
  asterisk: 'asterisk-database',
  panasonic: 'panasonic',
  'avaya-ip-office': 'avaya-ip-office',
};
const EVERY_SOURCE = 'all';

/** The sheet for the PBX that is there. */
function useLikelyKind(): PbxSheetKind {
  const sources = useRead('listSources');
  const formats = useRead('listFormats');
  const formatId = sources.data?.[0]?.formatId;
  const format = formats.data?.find(({ id }) => id === formatId);
  return KIND_OF_FAMILY[makerFamily(format)] ?? 'asterisk-database';
}

export function PbxSheets() {
  const { t } = useTranslation('policy');
  const likely = useLikelyKind();
  const [chosen, setChosen] = useState<PbxSheetKind>();
  const [sourceId, setSourceId] = useState<number>();
  const kind = chosen ?? likely;
  const sources = useRead('listSources');
  const [isInFull, setIsInFull] = useState(false);
  const query = { kind, ...(sourceId === undefined ? {} : { sourceId }) };
  // Codes in full are not kept in memory once the sheet is left.
  const sheet = useRead('getPbxSheet', { query: { ...query, isInFull } }, isInFull ? { gcTime: 0 } : {});
  return (
    <Stack>
      <Text size="sm" c="dimmed" className="tb-no-print">
        {t('sheet.lead')}
      </Text>
      <Group align="flex-end" className="tb-no-print">
        <Select
          label={t('sheet.kindLabel')}
          w={330}
          allowDeselect={false}
          data={PBX_SHEET_KINDS.map((value) => ({ value, label: t(`sheet.kind.${value}`) }))}
          value={kind}
          onChange={(value) => {
            setIsInFull(false);
            setChosen(PBX_SHEET_KINDS.find((one) => one === value));
          }}
        />
        <Select
          label={t('sheet.sourceLabel')}
          w={260}
          allowDeselect={false}
          data={[
            { value: EVERY_SOURCE, label: t('sheet.everySource') },
            ...(sources.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          value={sourceId === undefined ? EVERY_SOURCE : String(sourceId)}
          onChange={(value) => setSourceId(value === null || value === EVERY_SOURCE ? undefined : Number(value))}
        />
      </Group>
      {sheet.data === undefined ? (
        <Skeleton height={300} />
      ) : (
        <SheetView
          sheet={sheet.data}
          isInFull={isInFull}
          onInFull={setIsInFull}
          addressOf={(name) => urlOf('downloadPbxSheet', { query: { ...query, name } })}
        />
      )}
    </Stack>
  );
}

interface SheetViewProps {
  readonly sheet: PbxSheet;
  readonly isInFull: boolean;
  readonly onInFull: (isInFull: boolean) => void;
  readonly addressOf: (name: string) => string;
}

/** A file with codes, or the table with its codes shown. */
type Asked = { readonly file: string } | 'table';

function SheetView({ sheet, isInFull, onInFull, addressOf }: SheetViewProps) {
  const { t } = useTranslation('policy');
  const language = useLanguage();
  const [asked, setAsked] = useState<Asked>();
  const { files, limits, codeTable, classTable, codes } = sheet;
  return (
    <Stack>
      <Text size="sm">
        {codes === 0
          ? t('sheet.noCodes')
          : `${t('sheet.codes', { count: codes, shown: formatCount(codes, language) })}. ${isInFull ? '' : t('sheet.masked')}`}
      </Text>
      {limits.length > 0 && (
        <Alert color="yellow">
          {limits.map((limit) => (
            <Text key={limit} size="sm">
              {t(`sheet.limit.${limit}`)}
            </Text>
          ))}
        </Alert>
      )}
      <Group className="tb-no-print" gap="xs">
        {files.map(({ name, hasCodes }) =>
          hasCodes ? (
            <Button
              key={name}
              variant="default"
              leftSection={<IconDownload size={16} stroke={1.6} />}
              rightSection={<Badge color="orange">{t('sheet.secret')}</Badge>}
              onClick={() => setAsked({ file: name })}
            >
              {t('sheet.download', { name })}
            </Button>
          ) : (
            <Button
              key={name}
              component="a"
              href={addressOf(name)}
              download
              variant="default"
              leftSection={<IconDownload size={16} stroke={1.6} />}
            >
              {t('sheet.download', { name })}
            </Button>
          ),
        )}
        {codeTable !== null && (
          <>
            <Button
              variant="default"
              leftSection={isInFull ? <IconEyeOff size={16} stroke={1.6} /> : <IconEye size={16} stroke={1.6} />}
              onClick={() => (isInFull ? onInFull(false) : setAsked('table'))}
            >
              {t(isInFull ? 'sheet.hideCodes' : 'sheet.showCodes')}
            </Button>
            <Button leftSection={<IconPrinter size={16} stroke={1.6} />} onClick={() => window.print()}>
              {t('sheet.print')}
            </Button>
          </>
        )}
      </Group>
      {classTable !== null && <SheetTable title={t('sheet.classes')} table={classTable} />}
      {codeTable !== null && <SheetTable title={t(`sheet.kind.${sheet.kind}`)} table={codeTable} />}
      {codeTable === null && <Text size="sm">{t('sheet.steps.asterisk')}</Text>}
      {codeTable === null &&
        files.map(({ name, text }) => (
          <section key={name} aria-label={t('sheet.file', { name })}>
            <Title order={3} mb={4}>
              {name}
            </Title>
            {/* A scrolling box must be reachable by keyboard. */}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as said above */}
            <pre className="tb-sheet-text" tabIndex={0}>
              {text}
            </pre>
          </section>
        ))}
      {asked !== undefined && (
        <SecretDialog
          address={asked === 'table' ? undefined : addressOf(asked.file)}
          onSure={() => {
            setAsked(undefined);
            if (asked === 'table') onInFull(true);
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Stack>
  );
}

function SheetTable({ title, table }: { readonly title: string; readonly table: NonNullable<PbxSheet['codeTable']> }) {
  return (
    <Paper className="tb-scroll" component="section" aria-label={title}>
      <table className="tb-table" aria-label={title}>
        <thead>
          <tr>
            {table.headings.map((heading) => (
              <th key={heading}>{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.join(' ')}>
              {row.map((cell, i) => (
                <td key={table.headings[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}

interface SecretDialogProps {
  /** Of the file that is asked for; absent: codes are to be shown. */
  readonly address: string | undefined;
  readonly onSure: () => void;
  readonly onClose: () => void;
}

/** Asks before codes in full are shown or leave, and says who may see them. */
function SecretDialog({ address, onSure, onClose }: SecretDialogProps) {
  const { t } = useTranslation(['policy', 'app', 'people']);
  const settings = useRead('getSettings');
  const [isSure, setIsSure] = useState(false);
  const isShown = settings.data?.showCodes ?? false;
  const isReady = isShown && isSure;
  const action = t(address === undefined ? 'sheet.confirm.show' : 'sheet.confirm.action');
  return (
    <Modal
      opened
      onClose={onClose}
      title={<Text fw={650}>{t(address === undefined ? 'sheet.confirm.showTitle' : 'sheet.confirm.title')}</Text>}
    >
      <Stack>
        {isShown ? (
          <Checkbox
            label={t('sheet.confirm.text')}
            checked={isSure}
            onChange={(event) => setIsSure(event.currentTarget.checked)}
          />
        ) : (
          <>
            <Alert color="yellow">{t('sheet.hidden')}</Alert>
            <Button component={Link} to="/settings" variant="light" w="fit-content">
              {t('people:export.toSettings')}
            </Button>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app:action.cancel')}
          </Button>
          {address === undefined || !isReady ? (
            <Button disabled={!isReady} onClick={onSure}>
              {action}
            </Button>
          ) : (
            <Button component="a" href={address} download onClick={onSure}>
              {action}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
