/** Address of the renewal for some people; more than an address holds are chosen there. */
const IN_ADDRESS = 300;

export function renewalAddress(personIds: readonly number[]): string {
  return `/codes/renewal?people=${personIds.slice(0, IN_ADDRESS).join(',')}`;
}

export function peopleInAddress(search: URLSearchParams): readonly number[] {
  const text = search.get('people') ?? '';
  return /^\d+(,\d+)*$/.test(text) ? text.split(',').map(Number) : [];
}
