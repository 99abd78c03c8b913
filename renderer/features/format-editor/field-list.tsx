/** The fields marked so far, in the order of the line. */
import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type OfferedMeaning, type Place, type Shape, samePlace } from './draft.ts';
import { toneOf } from './meaning-colour.ts';

interface FieldListProps {
  readonly shape: Shape;
  readonly chosen: Place | undefined;
  readonly onChoose: (at: Place) => void;
}

export function FieldList({ shape, chosen, onChoose }: FieldListProps) {
  const { t } = useTranslation('formats');
  if (shape.fields.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={550} mb={4}>
        {t('field.list')}
      </Text>
      <ul className="tb-editor-fields">
        {shape.fields.map(({ at, means }) => (
          <li key={JSON.stringify(at)}>
            <UnstyledButton
              className="tb-editor-field"
              data-tone={toneOf(means)}
              aria-pressed={chosen !== undefined && samePlace(chosen, at)}
              onClick={() => onChoose(at)}
            >
              <span>{t(`meaning.${means as OfferedMeaning}`)}</span>
              <span className="tb-num">
                {'start' in at
                  ? `${(at.line ?? 1) > 1 ? `${at.line}: ` : ''}${at.start}–${at.start + at.width - 1}`
                  : 'cell' in at
                    ? `#${at.cell}`
                    : at.group}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
