/** Calls that a new reading gains, loses or changes; of changed ones both forms, with what differs marked. */
import { Paper, SegmentedControl, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call, RereadDifference } from '../../../core/api/contract.ts';
import { Charge } from '../../components/charge.tsx';
import { DirectionIcon } from '../../components/direction-icon.tsx';
import { Code, Duration, LocalTime, OtherParty } from '../../components/values.tsx';
import { formatCount } from '../../format.ts';
import { textOr, useLanguage } from '../../language.ts';
import { type CallChanges, type Cell, callChanges, type OtherFact } from './call-changes.ts';

type Change = RereadDifference['examples'][number];
type Kind = Change['kind'];

const KINDS = ['changed', 'gained', 'lost'] as const satisfies readonly Kind[];
const COLUMNS = 9;
const NO_CHANGES: CallChanges = callChanges(null, null);

interface CallExamplesProps {
  readonly examples: readonly Change[];
  readonly counts: RereadDifference['counts'];
}

export function CallExamples({ examples, counts }: CallExamplesProps) {
  const { t } = useTranslation(['reread', 'calls']);
  const language = useLanguage();
  const kinds = KINDS.filter((kind) => counts[kind] > 0);
  const [chosen, setChosen] = useState<Kind>();
  const kind = chosen ?? kinds[0] ?? 'changed';
  const shown = examples.filter((example) => example.kind === kind);
  return (
    <Paper component="section" aria-label={t('examples.title')}>
      <div className="tb-reread-head">
        <Title order={2}>{t('examples.title')}</Title>
        <SegmentedControl
          aria-label={t('examples.which')}
          value={kind}
          data={kinds.map((value) => ({
            value,
            label: t(`examples.${value}`, { number: formatCount(counts[value], language) }),
          }))}
          onChange={(value) => setChosen(kinds.find((one) => one === value))}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="tb-scroll" aria-label={t(`count.${kind}`)} tabIndex={0}>
        <table className="tb-table tb-reread-examples">
          <thead>
            <tr>
              <th>{kind === 'changed' ? t('examples.side') : t('calls:column.direction')}</th>
              <th>{t('calls:column.time')}</th>
              <th>{t('calls:column.who')}</th>
              <th>{t('calls:column.code')}</th>
              <th>{t('calls:column.extension')}</th>
              <th>{t('calls:column.number')}</th>
              <th>{t('calls:column.destination')}</th>
              <th data-end>{t('calls:column.duration')}</th>
              <th data-end>{t('calls:column.charge')}</th>
            </tr>
          </thead>
          {shown.map((example) => (
            <Example key={(example.before ?? example.after)?.id} example={example} />
          ))}
        </table>
      </section>
      {shown.length < counts[kind] && (
        <Text size="sm" c="dimmed" p="sm">
          {t('examples.shown', {
            shown: formatCount(shown.length, language),
            number: formatCount(counts[kind], language),
          })}
        </Text>
      )}
    </Paper>
  );
}

function Example({ example: { before, after } }: { readonly example: Change }) {
  const { t } = useTranslation('reread');
  if (before === null || after === null) {
    const call = before ?? after;
    return <tbody>{call !== null && <CallRow call={call} changes={NO_CHANGES} />}</tbody>;
  }
  const changes = callChanges(before, after);
  const others = changes.others.map((fact) =>
    t('examples.fact', {
      name: t(`fact.${fact}`),
      before: otherText(before, fact) ?? t('factNone'),
      after: otherText(after, fact) ?? t('factNone'),
    }),
  );
  return (
    <tbody>
      <CallRow call={before} changes={changes} side={t('examples.before')} />
      <CallRow call={after} changes={changes} side={t('examples.after')} />
      {(others.length > 0 || changes.cells.size === 0) && (
        <tr>
          <td colSpan={COLUMNS} className="tb-reread-other">
            {others.length > 0 ? t('examples.also', { facts: others.join('; ') }) : t('examples.hidden')}
          </td>
        </tr>
      )}
    </tbody>
  );
}

function otherText(call: Call, fact: OtherFact): string | undefined {
  switch (fact) {
    case 'reason':
      return textOr(`app:reason.${call.reason}`, {}, call.reason);
    case 'doubts':
      return call.doubts.map((doubt) => textOr(`common:doubt.${doubt}`, {}, doubt)).join(' ') || undefined;
    default:
      return call[fact] === null ? undefined : String(call[fact]);
  }
}

interface CallRowProps {
  readonly call: Call;
  readonly changes: CallChanges;
  readonly side?: string;
}

function CallRow({ call, changes, side }: CallRowProps) {
  const { t } = useTranslation();
  const place = call.destination ?? (call.band === 'unknown' ? null : t(`band.${call.band}`));
  const cell = (name: Cell, content: ReactNode): ReactNode =>
    changes.cells.has(name) ? <mark className="tb-differs">{content}</mark> : content;
  const none = <span className="tb-faint">–</span>;
  return (
    <tr>
      <td>
        <span className="tb-row tb-nowrap">
          {cell('direction', <DirectionIcon call={call} />)}
          {side}
        </span>
      </td>
      <td>{cell('time', <LocalTime value={call.startLocal} />)}</td>
      <td>{cell('person', call.personName ?? <span className="tb-faint">{t('nobody')}</span>)}</td>
      <td>{cell('code', <Code value={call.code} />)}</td>
      <td className="tb-num">{cell('extension', call.extension ?? none)}</td>
      <td>{cell('number', <OtherParty call={call} />)}</td>
      <td>{cell('destination', place ?? none)}</td>
      <td data-end>{cell('duration', call.talkSeconds === 0 ? none : <Duration seconds={call.talkSeconds} />)}</td>
      <td data-end>{cell('charge', <Charge call={call} />)}</td>
    </tr>
  );
}
