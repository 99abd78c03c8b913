/** What booking makes of a number depends on the day of the call, and on whether an outside line was taken. */
import { expect, test } from 'vitest';
import { buildDirectory } from '../../core/attribution/directory.ts';
import { type BookableCall, CallBooker } from '../../core/ingest/book-call.ts';
import { callIdOf } from '../../core/model/call.ts';
import { numberNormaliser } from '../../core/numbering/normalise-number.ts';
import { HeldDecisions } from '../../core/store/call-decisions.ts';

const places: string[] = [];
const booker = new CallBooker({
  directory: buildDirectory({ people: [], memberships: [], assignments: [] }),
  normalise: numberNormaliser({
    countryCode: '84',
    areaCode: '28',
    outsideDigits: ['9'],
    carrierCodes: ['171'],
    extensionMaxDigits: 5,
    internationalPrefixes: ['00'],
    trunkPrefix: '0',
  }),
  tariffs: { versionFor: () => undefined, version: () => undefined },
  judge: () => null,
  decisions: new HeldDecisions([]),
  origin: '8428',
  pbxCostUse: 'rate',
  destinationId: ({ vi }) => places.push(vi),
});

const book = (outsideNumber: string, day: string, trunk: string | null = '01') => {
  const call: BookableCall = {
    id: callIdOf(1, 0),
    startLocalS: Date.parse(`${day}T09:00:00Z`) / 1000,
    utcOffsetMin: 420,
    direction: 'outgoing',
    isAnswered: true,
    talkSeconds: 60,
    code: null,
    extension: '101',
    trunk,
    dialled: outsideNumber,
    outsideNumber,
    pbxCost: null,
  };
  const { number, band, rating } = booker.book(call);
  return { number, band, rating, place: places.at(-1) };
};

test('a short number over an outside line costs something; without one it is an extension', () => {
  expect(book('91000', '2026-11-23')).toMatchObject({ number: '841000', band: 'service', rating: 'unrated' });
  expect(book('91000', '2026-11-23', null)).toMatchObject({ band: 'internal', rating: 'not-chargeable' });
});

test('Binh Duong is local to Ho Chi Minh City since they are one province, and is named so', () => {
  expect(book('02743825123', '2025-06-30')).toMatchObject({ band: 'national', place: 'Bình Dương' });
  expect(book('02743825123', '2025-07-01')).toMatchObject({
    band: 'local',
    place: 'Thành phố Hồ Chí Minh (Bình Dương cũ)',
  });
});

test('a number of 2016 is read by the plan of 2016', () => {
  expect(book('0838251234', '2016-05-01')).toMatchObject({ number: '842838251234', band: 'local' });
  expect(book('0838251234', '2026-05-01')).toMatchObject({ number: '84838251234', band: 'mobile' });
});
