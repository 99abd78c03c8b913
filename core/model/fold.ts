/** Text as it is searched: what a person types without marks finds what was written with them. */

/** Lower case without Vietnamese (or any other) marks: `Đặng Thuỷ` and `dang thuy` fold to the same text. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .trim();
}
