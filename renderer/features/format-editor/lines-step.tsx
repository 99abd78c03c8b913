/** Where the lines to describe come from: pasted, a file, or what a source has just sent. */
import { Button, FileButton, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowRight, IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import { useRead } from '../../query-client.ts';
import { showFailure } from '../../toasts.ts';

export interface GivenLines {
  readonly text: string;
  /** One character a byte, as sources and files give them. */
  readonly isBytes: boolean;
}

const MOST_BYTES = 256 * 1024;
const MOST_LINES = 300;

/** Hidden codes would fit no column of digits; their places keep their width. */
const withDigits = (text: string): string => text.replaceAll('•', '9');

const joined = (texts: readonly string[]): GivenLines => ({
  text: withDigits(texts.slice(-MOST_LINES).join('\n')),
  isBytes: true,
});

async function textOfFile(file: File): Promise<GivenLines> {
  const bytes = new Uint8Array(await file.slice(0, MOST_BYTES).arrayBuffer());
  const text = new TextDecoder('latin1').decode(bytes);
  // `latin1` of the platform is windows-1252; the bytes themselves are wanted.
  const exact = /[^\u0000-\u00ff]/.test(text) ? Array.from(bytes, (byte) => String.fromCharCode(byte)).join('') : text;
  return {
    text: exact
      .split(/[\r\n]+/)
      .slice(0, MOST_LINES)
      .join('\n'),
    isBytes: true,
  };
}

interface LinesStepProps {
  readonly lines: GivenLines;
  readonly onGiven: (lines: GivenLines) => void;
}

export function LinesStep({ lines, onGiven }: LinesStepProps) {
  const { t } = useTranslation('formats');
  const [pasted, setPasted] = useState(lines.isBytes ? '' : lines.text);
  const sources = useRead('listSources');

  const take = async (sourceId: string | null, what: 'raw' | 'unread'): Promise<void> => {
    if (sourceId === null) return;
    try {
      const texts =
        what === 'raw'
          ? (await call('listRawLines', { params: { id: Number(sourceId) }, query: { limit: 200 } })).map(
              ({ text }) => text,
            )
          : (await call('listQuarantine', { query: { sourceId: Number(sourceId), limit: 200 } })).frames
              .map(({ text }) => text)
              .reverse();
      onGiven(joined(texts));
    } catch (error) {
      showFailure(error);
    }
  };
  const choices = (sources.data ?? []).map((source) => ({ value: String(source.id), label: source.name }));

  return (
    <Stack gap="md" maw={980}>
      <Textarea
        label={t('lines.paste')}
        description={t('lines.pasteHelp')}
        minRows={10}
        maxRows={16}
        autosize
        value={pasted}
        onChange={(event) => setPasted(event.currentTarget.value)}
        classNames={{ input: 'tb-mono tb-lines-input' }}
        spellCheck={false}
        wrap="off"
      />
      <Group justify="space-between" align="flex-end">
        <Group align="flex-end">
          <FileButton
            onChange={(file) => {
              if (file !== null) void textOfFile(file).then(onGiven, showFailure);
            }}
          >
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileText size={16} stroke={1.6} />}>
                {t('lines.file')}
              </Button>
            )}
          </FileButton>
          {choices.length > 0 && (
            <>
              <Select
                aria-label={t('lines.newest')}
                placeholder={t('lines.newest')}
                data={choices}
                value={null}
                w={270}
                onChange={(id) => void take(id, 'raw')}
              />
              <Select
                aria-label={t('lines.unread')}
                placeholder={t('lines.unread')}
                data={choices}
                value={null}
                w={290}
                onChange={(id) => void take(id, 'unread')}
              />
            </>
          )}
        </Group>
        <Button
          rightSection={<IconArrowRight size={16} />}
          disabled={pasted.trim() === ''}
          onClick={() => onGiven({ text: pasted, isBytes: false })}
        >
          {t('lines.next')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('lines.hint')}
      </Text>
    </Stack>
  );
}
