/** A small sheet and the edges of its printed page, as a look would make them. */
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkbookLook } from '../../../core/api/contract.ts';
import { useRead } from '../../query-client.ts';

const ROWS = [
  ['Nguyễn Thị Ước', '24', '186.400'],
  ['Trần Văn Đạt', '17', '92.750'],
  ['Lê Hoàng Yến', '9', '41.200'],
] as const;
const TOTAL = ['50', '320.350'] as const;

type Text = WorkbookLook['title'];

function styleOf({ fontName, sizePt, isBold, isItalic, color, fill }: Text): CSSProperties {
  return {
    fontFamily: `"${fontName.replaceAll('"', '')}", Carlito, sans-serif`,
    fontSize: `${sizePt}pt`,
    fontWeight: isBold ? 700 : 400,
    fontStyle: isItalic ? 'italic' : 'normal',
    color: `#${color}`,
    ...(fill === null ? {} : { background: `#${fill}` }),
  };
}

export function WorkbookPreview({ look }: { readonly look: WorkbookLook }) {
  const { t } = useTranslation('workbook');
  const company = useRead('getSettings').data?.companyName;
  const filled = (text: string): string =>
    text
      .replaceAll('{company}', company === undefined || company === '' ? t('sample.company') : company)
      .replaceAll('{report}', t('sample.report'))
      .replaceAll('{sheet}', t('sample.sheet'));
  const heading = styleOf(look.heading);
  const body = styleOf(look.body);
  const total = styleOf(look.total);
  return (
    <div className="tb-workbook">
      <div className="tb-workbook-edge">
        <span>{filled(look.headerLeft)}</span>
        <span>{filled(look.headerRight)}</span>
      </div>
      <div style={styleOf(look.title)}>{t('sample.title')}</div>
      <table>
        <thead>
          <tr style={heading}>
            <th>{t('sample.person')}</th>
            <th>{t('sample.calls')}</th>
            <th>{t('sample.charge')}</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(([name, ...numbers], i) => (
            <tr
              key={name}
              style={i % 2 === 1 && look.bandFill !== null ? { ...body, background: `#${look.bandFill}` } : body}
            >
              <td>{name}</td>
              {numbers.map((number) => (
                <td key={number}>{number}</td>
              ))}
            </tr>
          ))}
          <tr style={total}>
            <td>{t('sample.total')}</td>
            {TOTAL.map((number) => (
              <td key={number}>{number}</td>
            ))}
          </tr>
        </tbody>
      </table>
      <div className="tb-workbook-edge">
        <span>{filled(look.footerLeft)}</span>
        <span>{t('sample.page')}</span>
      </div>
    </div>
  );
}
