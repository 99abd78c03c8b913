/** Readings of digits dialled in Viet Nam, by the numbering plan valid on the day of the call. */
import type { LocalDay } from '../model/time.ts';
import type { NumberingSite, PlaceName, Reading } from './site.ts';
import {
  areaByCode,
  areaOf,
  areaOfOldForm,
  areLocal,
  isEarlyMobile,
  MOBILE_CHANGE,
  mobileOperatorOf,
  newMobileForm,
  serviceOf,
  subscriberDigits,
  type VietnamArea,
} from './vietnam-plan.ts';

const OTHER_MOBILE = /^(?:30|51|95|99)\d{7}$/;

function mobileName(operator: string | undefined): PlaceName {
  return operator === undefined
    ? { en: 'Mobile', vi: 'Di động' }
    : { en: `${operator} mobile`, vi: `Di động ${operator}` };
}

/** People write their area code with and without the 0. */
function ownArea(site: NumberingSite): VietnamArea | undefined {
  return areaByCode(site.areaCode.replace(/^0/, ''));
}

function landline(area: VietnamArea, subscriber: string, site: NumberingSite, day: LocalDay): Reading {
  const own = ownArea(site);
  const isLocal = own !== undefined && areLocal(own, area, day);
  return {
    number: `84${area.code}${subscriber}`,
    band: isLocal ? 'local' : 'national',
    destination: area.name,
    fit: 2,
  };
}

export function readVietnamService(digits: string): Reading | undefined {
  const service = serviceOf(digits);
  if (service === undefined) return undefined;
  return { number: `84${digits}`, band: service.kind, destination: service.name, fit: 2 };
}

/** `national` has lost its 0 (or came behind 84). */
export function readVietnamNational(national: string, site: NumberingSite, day: LocalDay): Reading | undefined {
  const isNewPlan = day >= MOBILE_CHANGE;
  const operator = mobileOperatorOf(national);
  const oldArea = areaOfOldForm(national);
  if (operator !== undefined && (isNewPlan || oldArea === undefined || isEarlyMobile(national))) {
    const reading: Reading = { number: `84${national}`, band: 'mobile', destination: mobileName(operator), fit: 2 };
    return !isNewPlan && (oldArea !== undefined || !isEarlyMobile(national))
      ? { ...reading, notes: ['guess-old-or-new-plan'] }
      : reading;
  }
  const area = areaOf(national);
  if (area !== undefined) return landline(area, national.slice(area.code.length), site, day);
  const newForm = newMobileForm(national);
  if (newForm !== undefined) {
    const name = mobileName(mobileOperatorOf(newForm));
    return {
      number: `84${newForm}`,
      band: 'mobile',
      destination: name,
      notes: ['old-mobile-prefix'],
      fit: isNewPlan ? 1.2 : 2,
    };
  }
  if (oldArea !== undefined) {
    const reading = landline(oldArea, national.slice(oldArea.oldCode.length), site, day);
    return { ...reading, notes: ['old-area-code'], fit: isNewPlan ? 1.2 : 2 };
  }
  if (OTHER_MOBILE.test(national)) {
    return {
      number: `84${national}`,
      band: 'mobile',
      destination: mobileName(undefined),
      notes: ['guess-unknown-range'],
      fit: 1,
    };
  }
  if (/^65\d{8}$/.test(national)) {
    return {
      number: `84${national}`,
      band: 'national',
      destination: { en: 'Internet telephony', vi: 'Điện thoại Internet' },
      fit: 2,
    };
  }
  if (/^672\d{6}$/.test(national)) {
    return { number: `84${national}`, band: 'national', destination: { en: 'VSAT', vi: 'Thuê bao VSAT' }, fit: 2 };
  }
  return readVietnamService(national);
}

/** A subscriber number without area code. */
export function readVietnamSubscriber(digits: string, site: NumberingSite, day: LocalDay): Reading | undefined {
  const own = ownArea(site);
  if (own === undefined || digits.length !== subscriberDigits(own) || !/^[2-8]/.test(digits)) return undefined;
  return { ...landline(own, digits, site, day), notes: ['area-code-added'] };
}
