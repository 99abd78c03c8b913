import type { OptionDefinition } from '../types.ts';

export const incomingNumberOption: OptionDefinition = {
  name: 'incomingNumber',
  kind: 'choice',
  choices: ['auto', 'caller', 'called'],
  default: 'auto',
  help: {
    en: 'What the number behind I, t, R, G or H is (PGM 177, button 20). "auto": more than four digits of an answered call are the caller, anything else is not decided. Compare with a call from a known number.',
    vi: 'Số đứng sau I, t, R, G hoặc H là gì (PGM 177, nút 20). "auto": số dài hơn bốn chữ số của cuộc gọi được trả lời là số người gọi, các trường hợp khác để ngỏ. Hãy đối chiếu với một cuộc gọi từ số đã biết.',
  },
};

export const numberFieldOption: OptionDefinition = {
  name: 'numberField',
  kind: 'choice',
  choices: ['auto', 'on', 'off'],
  default: 'auto',
  help: {
    en: 'Whether each line begins with the serial number NO (PGM 177, button 23). "auto": as the printed ruler shows, else as usual for this page, else the other way.',
    vi: 'Mỗi dòng có bắt đầu bằng số thứ tự NO hay không (PGM 177, nút 23). "auto": theo dòng kẻ in ra; nếu không có thì thử mặc định của trang này trước, rồi thử cách còn lại.',
  },
};
