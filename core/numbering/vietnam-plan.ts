/**
 * Viet Nam's numbering plan as dated data: area codes with the codes they replaced in 2017, the province each belongs to
 * before and after the mergers of 2025-07-01, mobile ranges and the 11-digit ranges they replaced in 2018.
 * Sources: Decision 2036/QD-BTTTT (area codes), Resolution 202/2025/QH15 (mergers), document 2784/BKHCN-CVT (between old
 * codes of one merged province the local price holds), libphonenumber's ranges for 84 (mobile).
 */
import type { LocalDay } from '../model/time.ts';
import type { PlaceName } from './site.ts';

/** First day of the new mobile prefixes. Before it their digits were old area codes. */
export const MOBILE_CHANGE: LocalDay = '2018-09-15';
/** First day of the merged provinces. */
export const PROVINCE_MERGER: LocalDay = '2025-07-01';

export interface VietnamArea {
  readonly code: string;
  /** The code before 2017; the same where it did not change. */
  readonly oldCode: string;
  readonly name: PlaceName;
  /** English name of the province since 2025-07-01: areas with one name are local to each other. */
  readonly mergedProvince: string;
}

/** Code, old code, English name, Vietnamese name, province since 2025-07-01. */
const AREAS: readonly (readonly [code: string, old: string, en: string, vi: string, merged: string])[] = [
  ['203', '33', 'Quang Ninh', 'Quảng Ninh', 'Quang Ninh'],
  ['204', '240', 'Bac Giang', 'Bắc Giang', 'Bac Ninh'],
  ['205', '25', 'Lang Son', 'Lạng Sơn', 'Lang Son'],
  ['206', '26', 'Cao Bang', 'Cao Bằng', 'Cao Bang'],
  ['207', '27', 'Tuyen Quang', 'Tuyên Quang', 'Tuyen Quang'],
  ['208', '280', 'Thai Nguyen', 'Thái Nguyên', 'Thai Nguyen'],
  ['209', '281', 'Bac Kan', 'Bắc Kạn', 'Thai Nguyen'],
  ['210', '210', 'Phu Tho', 'Phú Thọ', 'Phu Tho'],
  ['211', '211', 'Vinh Phuc', 'Vĩnh Phúc', 'Phu Tho'],
  ['212', '22', 'Son La', 'Sơn La', 'Son La'],
  ['213', '231', 'Lai Chau', 'Lai Châu', 'Lai Chau'],
  ['214', '20', 'Lao Cai', 'Lào Cai', 'Lao Cai'],
  ['215', '230', 'Dien Bien', 'Điện Biên', 'Dien Bien'],
  ['216', '29', 'Yen Bai', 'Yên Bái', 'Lao Cai'],
  ['218', '218', 'Hoa Binh', 'Hòa Bình', 'Phu Tho'],
  ['219', '219', 'Ha Giang', 'Hà Giang', 'Tuyen Quang'],
  ['220', '320', 'Hai Duong', 'Hải Dương', 'Hai Phong'],
  ['221', '321', 'Hung Yen', 'Hưng Yên', 'Hung Yen'],
  ['222', '241', 'Bac Ninh', 'Bắc Ninh', 'Bac Ninh'],
  ['225', '31', 'Hai Phong', 'Hải Phòng', 'Hai Phong'],
  ['226', '351', 'Ha Nam', 'Hà Nam', 'Ninh Binh'],
  ['227', '36', 'Thai Binh', 'Thái Bình', 'Hung Yen'],
  ['228', '350', 'Nam Dinh', 'Nam Định', 'Ninh Binh'],
  ['229', '30', 'Ninh Binh', 'Ninh Bình', 'Ninh Binh'],
  ['232', '52', 'Quang Binh', 'Quảng Bình', 'Quang Tri'],
  ['233', '53', 'Quang Tri', 'Quảng Trị', 'Quang Tri'],
  ['234', '54', 'Thua Thien Hue', 'Thừa Thiên Huế', 'Hue'],
  ['235', '510', 'Quang Nam', 'Quảng Nam', 'Da Nang'],
  ['236', '511', 'Da Nang', 'Đà Nẵng', 'Da Nang'],
  ['237', '37', 'Thanh Hoa', 'Thanh Hóa', 'Thanh Hoa'],
  ['238', '38', 'Nghe An', 'Nghệ An', 'Nghe An'],
  ['239', '39', 'Ha Tinh', 'Hà Tĩnh', 'Ha Tinh'],
  ['24', '4', 'Ha Noi', 'Hà Nội', 'Ha Noi'],
  ['251', '61', 'Dong Nai', 'Đồng Nai', 'Dong Nai'],
  ['252', '62', 'Binh Thuan', 'Bình Thuận', 'Lam Dong'],
  ['254', '64', 'Ba Ria - Vung Tau', 'Bà Rịa - Vũng Tàu', 'Ho Chi Minh City'],
  ['255', '55', 'Quang Ngai', 'Quảng Ngãi', 'Quang Ngai'],
  ['256', '56', 'Binh Dinh', 'Bình Định', 'Gia Lai'],
  ['257', '57', 'Phu Yen', 'Phú Yên', 'Dak Lak'],
  ['258', '58', 'Khanh Hoa', 'Khánh Hòa', 'Khanh Hoa'],
  ['259', '68', 'Ninh Thuan', 'Ninh Thuận', 'Khanh Hoa'],
  ['260', '60', 'Kon Tum', 'Kon Tum', 'Quang Ngai'],
  ['261', '501', 'Dak Nong', 'Đắk Nông', 'Lam Dong'],
  ['262', '500', 'Dak Lak', 'Đắk Lắk', 'Dak Lak'],
  ['263', '63', 'Lam Dong', 'Lâm Đồng', 'Lam Dong'],
  ['269', '59', 'Gia Lai', 'Gia Lai', 'Gia Lai'],
  ['270', '70', 'Vinh Long', 'Vĩnh Long', 'Vinh Long'],
  ['271', '651', 'Binh Phuoc', 'Bình Phước', 'Dong Nai'],
  ['272', '72', 'Long An', 'Long An', 'Tay Ninh'],
  ['273', '73', 'Tien Giang', 'Tiền Giang', 'Dong Thap'],
  ['274', '650', 'Binh Duong', 'Bình Dương', 'Ho Chi Minh City'],
  ['275', '75', 'Ben Tre', 'Bến Tre', 'Vinh Long'],
  ['276', '66', 'Tay Ninh', 'Tây Ninh', 'Tay Ninh'],
  ['277', '67', 'Dong Thap', 'Đồng Tháp', 'Dong Thap'],
  ['28', '8', 'Ho Chi Minh City', 'Thành phố Hồ Chí Minh', 'Ho Chi Minh City'],
  ['290', '780', 'Ca Mau', 'Cà Mau', 'Ca Mau'],
  ['291', '781', 'Bac Lieu', 'Bạc Liêu', 'Ca Mau'],
  ['292', '710', 'Can Tho', 'Cần Thơ', 'Can Tho'],
  ['293', '711', 'Hau Giang', 'Hậu Giang', 'Can Tho'],
  ['294', '74', 'Tra Vinh', 'Trà Vinh', 'Vinh Long'],
  ['296', '76', 'An Giang', 'An Giang', 'An Giang'],
  ['297', '77', 'Kien Giang', 'Kiên Giang', 'An Giang'],
  ['299', '79', 'Soc Trang', 'Sóc Trăng', 'Can Tho'],
];

export const VIETNAM_AREAS: readonly VietnamArea[] = AREAS.map(([code, oldCode, en, vi, mergedProvince]) => ({
  code,
  oldCode,
  name: { en, vi },
  mergedProvince,
}));

const byCode = new Map(VIETNAM_AREAS.map((area) => [area.code, area]));
const byOldCode = new Map(VIETNAM_AREAS.map((area) => [area.oldCode, area]));

/** The two big cities have 8-digit subscriber numbers, all others 7. */
export function subscriberDigits(area: VietnamArea): number {
  return area.code === '24' || area.code === '28' ? 8 : 7;
}

export function areaByCode(code: string): VietnamArea | undefined {
  return byCode.get(code);
}

/**
 * Area of a national number of the form since 2017. No subscriber number begins with 0 or 1: `240`, `241`, `280` and `281`
 * with seven digits are the old codes of other provinces.
 */
export function areaOf(national: string): VietnamArea | undefined {
  const area = byCode.get(national.slice(0, 2)) ?? byCode.get(national.slice(0, 3));
  if (area === undefined || national.length !== area.code.length + subscriberDigits(area)) return undefined;
  return /^[2-9]/.test(national.slice(area.code.length)) ? area : undefined;
}

/** Area of a national number of the form before 2017. */
export function areaOfOldForm(national: string): VietnamArea | undefined {
  for (const length of [1, 2, 3]) {
    const area = byOldCode.get(national.slice(0, length));
    if (area !== undefined && national.length === length + subscriberDigits(area)) return area;
  }
  return undefined;
}

/** Whether a call between two areas has the local price on that day. */
export function areLocal(a: VietnamArea, b: VietnamArea, day: LocalDay): boolean {
  return day >= PROVINCE_MERGER ? a.mergedProvince === b.mergedProvince : a.code === b.code;
}

/** Original operator of a range: numbers may have been ported since 2018-11-16. Longer prefixes first. */
const OPERATORS: readonly (readonly [prefixes: string, operator: string])[] = [
  ['998 999 87', 'Itel'],
  ['32 33 34 35 36 37 38 39 86 96 97 98', 'Viettel'],
  ['81 82 83 84 85 88 91 94', 'VinaPhone'],
  ['70 76 77 78 79 89 90 93', 'MobiFone'],
  ['52 56 58 92', 'Vietnamobile'],
  ['59 99', 'Gmobile'],
  ['55', 'Wintel'],
];

const operatorByPrefix = new Map(
  OPERATORS.flatMap(([prefixes, operator]) => prefixes.split(' ').map((prefix) => [prefix, operator] as const)),
);

/** Mobile prefixes in use before 2018-09-15 with nine digits behind the 0. */
const EARLY_MOBILE = new Set('86 88 89 90 91 92 93 94 96 97 98 99'.split(' '));

export function isEarlyMobile(national: string): boolean {
  return EARLY_MOBILE.has(national.slice(0, 2));
}

/** Operator of a nine-digit mobile number; undefined when the range is none. */
export function mobileOperatorOf(national: string): string | undefined {
  if (national.length !== 9) return undefined;
  return operatorByPrefix.get(national.slice(0, 3)) ?? operatorByPrefix.get(national.slice(0, 2));
}

/** Old range (behind the 0, then seven digits) and the prefix that replaced it. */
const OLD_MOBILE: ReadonlyMap<string, string> = new Map(
  (
    '120:70 121:79 122:77 126:76 128:78 123:83 124:84 125:85 127:81 129:82 ' +
    '162:32 163:33 164:34 165:35 166:36 167:37 168:38 169:39 186:56 188:58 199:59'
  )
    .split(' ')
    .map((pair) => [pair.slice(0, 3), pair.slice(4)] as const),
);

/** New nine-digit form of a ten-digit national mobile number from before 2018-09-15. */
export function newMobileForm(national: string): string | undefined {
  if (national.length !== 10) return undefined;
  const prefix = OLD_MOBILE.get(national.slice(0, 3));
  return prefix === undefined ? undefined : prefix + national.slice(3);
}

export type ServiceKind = 'emergency' | 'free' | 'premium' | 'service';

const SERVICES: readonly (readonly [pattern: RegExp, kind: ServiceKind, name: PlaceName])[] = [
  [/^111$/, 'emergency', { en: 'Child protection', vi: 'Bảo vệ trẻ em' }],
  [/^112$/, 'emergency', { en: 'Search and rescue', vi: 'Tìm kiếm cứu nạn' }],
  [/^113$/, 'emergency', { en: 'Police', vi: 'Công an' }],
  [/^114$/, 'emergency', { en: 'Fire service', vi: 'Cứu hỏa' }],
  [/^115$/, 'emergency', { en: 'Ambulance', vi: 'Cấp cứu' }],
  [/^11[679]$/, 'service', { en: 'Directory, time and fault desk', vi: 'Danh bạ, báo giờ và báo hỏng' }],
  [/^108\d$/, 'service', { en: 'Information service', vi: 'Giải đáp thông tin' }],
  [/^801\d{3,4}$/, 'service', { en: 'Recorded information', vi: 'Hộp thư thông tin' }],
  [/^9191$/, 'service', { en: 'Customer care', vi: 'Chăm sóc khách hàng' }],
  [/^1800\d{4,6}$/, 'free', { en: 'Freephone 1800', vi: 'Số miễn cước 1800' }],
  [/^1900\d{4,6}$/, 'premium', { en: 'Premium 1900', vi: 'Tổng đài 1900' }],
  [/^12(?:01|03|28)\d{4}$/, 'free', { en: 'Freephone 12xx', vi: 'Số miễn cước 12xx' }],
  [/^69\d{5,6}$/, 'service', { en: 'Closed network 069', vi: 'Mạng dùng riêng 069' }],
  [/^(?:199|799)\d{4}$/, 'service', { en: 'Closed network', vi: 'Mạng dùng riêng' }],
];

/** A short or service number, as dialled without any prefix. */
export function serviceOf(digits: string): { readonly kind: ServiceKind; readonly name: PlaceName } | undefined {
  if (digits.length > 10 || !/^[16789]/.test(digits)) return undefined;
  const found = SERVICES.find(([pattern]) => pattern.test(digits));
  return found === undefined ? undefined : { kind: found[1], name: found[2] };
}
