/** Name of a place in both languages of the product. */
export interface PlaceName {
  readonly en: string;
  readonly vi: string;
}
