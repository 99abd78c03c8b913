/**
 * OmniPCX Enterprise (OXE, 4400). Tickets over Ethernet (EACC) as lines of fixed columns that begin with their version,
 * and the files `TAX*.DAT` with the same fields between commas.
 *
 *     ED5.2 | called 30 | charged 30 | name 20 | cost centre 10 | … | calling 30 | type 2 | end 17 | … | start 17 | …
 *
 * The versions differ in length: the first five characters choose the table, and only that of ED5.2 is documented.
 */
import { type ColumnsLayout, defineFormat, type Field, type FormatSpec, type ResolvedOptions } from '../engine.ts';
import { withCleanFront } from '../line-front.ts';
import { text } from '../readers.ts';
import type { FormatDefinition, OptionDefinition } from '../types.ts';
import { CODE_FIELDS, oxeAssembly } from './assembly.ts';
import { costInfo, durations, extras, moments, parties } from './oxe-fields.ts';

const common = {
  vendor: 'Alcatel-Lucent',
  models: ['OmniPCX Enterprise', 'OmniPCX 4400'],
  framing: { kind: 'line', maxBytes: 2048 },
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start' },
  codeFields: CODE_FIELDS,
  assembly: oxeAssembly,
} as const satisfies Partial<FormatSpec>;

const versionOption: OptionDefinition = {
  name: 'otherVersions',
  kind: 'choice',
  choices: ['refuse', 'as-ed5.2'],
  default: 'refuse',
  help: {
    en: 'What to do with tickets that do not begin with ED5.2. "as-ed5.2" reads them in the same columns: choose it only after comparing a few with calls you know.',
    vi: 'Xử lý thế nào với phiếu không bắt đầu bằng ED5.2. "as-ed5.2": đọc theo cùng các cột; chỉ chọn sau khi đã đối chiếu vài phiếu với các cuộc gọi đã biết.',
  },
};

const reference: Field = (cellOf) => {
  const at = cellOf('reference');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (value === '' || /^0+$/.test(value)) return undefined;
    if (!/^\d{1,10}$/.test(value)) return 'bad-reference';
    draft.callId = value;
    return undefined;
  };
};

const CODE = /^[\dA-Za-z*#]{1,16}$/;

const fields: readonly Field[] = [
  moments,
  parties,
  durations,
  costInfo,
  text('accountCode', 'access', CODE),
  reference,
  extras({
    name: 'ChargedUserName',
    costCentre: 'ChargedCostCenter',
    company: 'ChargedCompany',
    units: 'ChargeUnits',
    trunk: 'TrunkIdentity',
    trunkGroup: 'TrunkGroupIdentity',
    trunkNode: 'TrunkNode',
    personal: 'PersonalOrBusiness',
  }),
];

/** The last column of the start, which every ticket has: what is shorter was cut. */
const START_ENDS = 458;
const wholeTicket: Field = () => (_row, _draft, state) => (state.line.length < START_ENDS ? 'cut-short' : undefined);

function ticketLayout(version: string): ColumnsLayout {
  return {
    kind: 'columns',
    match: new RegExp(`^${version}[\\d*#+ ]`),
    isLeftoverAllowed: true,
    columns: {
      called: [6, 30],
      charged: [36, 30],
      name: [66, 20],
      costCentre: [86, 10],
      company: [96, 16],
      calling: [137, 30],
      type: [167, 2],
      end: [170, 17],
      units: [187, 5],
      cost: [192, 10],
      duration: [202, 10],
      trunk: [212, 5],
      trunkGroup: [217, 5],
      trunkNode: [222, 5],
      personal: [227, 1],
      access: [228, 16],
      reference: [349, 10],
      initial: [396, 30],
      wait: [426, 5],
      effective: [431, 10],
      start: [442, 17],
    },
    fields: [wholeTicket, ...fields],
  };
}

const ticketLayouts = ({ own }: ResolvedOptions): readonly ColumnsLayout[] =>
  own['otherVersions'] === 'as-ed5.2' ? [ticketLayout('ED\\d\\.\\d')] : [ticketLayout('ED5\\.2')];

const oxeTicket: FormatDefinition = withCleanFront(
  defineFormat({
    ...common,
    id: 'alcatel-oxe',
    aliases: ['oxe-ed5.2-ticket'],
    title: 'Alcatel-Lucent OmniPCX Enterprise (OXE), ED5.2 tickets',
    transports: ['file', 'serial'],
    confidence: 'proved',
    unsure: {
      en: 'Checked on one ticket. Which tickets of a transferred call share a call reference, and what the call types other than outgoing and incoming stand for, is not documented. The time-zone fields are not used. Tickets over Ethernet (TCP 2533) need an exchange of acknowledgements first: let the program that makes it write a file with one ticket a line.',
      vi: 'Đã kiểm tra trên một phiếu. Chưa có tài liệu về việc các phiếu của cuộc gọi được chuyển dùng chung số tham chiếu ra sao, và các loại cuộc gọi ngoài gọi đi, gọi đến có nghĩa gì. Các trường múi giờ không được dùng. Phiếu qua Ethernet (TCP 2533) cần một thủ tục báo nhận trước: hãy để chương trình thực hiện thủ tục đó ghi ra tệp, mỗi dòng một phiếu.',
    },
    options: [versionOption],
    noise: { blank: /^\s*$/, 'keep-alive': /^(?:TEST_REQ|TEST_RSP)\s*$/ },
    layouts: ticketLayouts,
  }),
);

/** By order; names without a meaning here only hold their places. */
const TAX_COLUMNS = [
  'version',
  'called',
  'charged',
  'name',
  'costCentre',
  'company',
  'partyNode',
  'subaddress',
  'calling',
  'type',
  'costType',
  'end',
  'units',
  'cost',
  'duration',
  'trunk',
  'trunkGroup',
  'trunkNode',
  'personal',
  'access',
  'specificCharge',
  'bearer',
  'highLevel',
  'dataVolume',
  'userToUser',
  'externalFacilities',
  'internalFacilities',
  'reference',
  'rate1',
  'rate2',
  'rate3',
  'comType',
  'x25In',
  'x25Out',
  'carrier',
  'initial',
  'wait',
  'effective',
  'redirected',
  'start',
] as const;

const oxeTax: FormatDefinition = withCleanFront(
  defineFormat({
    ...common,
    id: 'alcatel-oxe-tax',
    title: 'Alcatel-Lucent OmniPCX Enterprise (OXE), TAX files',
    transports: ['file'],
    confidence: 'unconfirmed',
    unsure: {
      en: 'The order of the fields comes from a heading; no line with data was found. Unpack the .Z files first, and check the first calls.',
      vi: 'Thứ tự các trường lấy từ một dòng tiêu đề; chưa tìm được dòng dữ liệu nào. Hãy giải nén tệp .Z trước và kiểm tra những cuộc gọi đầu tiên.',
    },
    options: [],
    noise: { blank: /^\s*$/, heading: /^#/ },
    layouts: [
      {
        kind: 'separated',
        separator: ',',
        isQuoted: true,
        match: /^[^#,]{0,12},(?:[^,]*,){10}"?\d{8}[ T]\d\d?:\d\d:\d\d"?,/,
        columns: TAX_COLUMNS,
        minCells: TAX_COLUMNS.length,
        isLeftoverAllowed: true,
        fields,
      },
    ],
  }),
);

export const oxe: readonly FormatDefinition[] = [oxeTicket, oxeTax];
