/** Names of the template's cells, by which it is read back whatever rows and columns were put between them. */

/** Cells whose font and colours are taken. */
export const STYLED_CELLS = {
  title: 'tollbook_title',
  heading: 'tollbook_heading',
  total: 'tollbook_total',
  body: 'tollbook_row',
} as const;

/** The cell whose colour every other row has. */
export const BAND_CELL = 'tollbook_band';

/** Cells whose text is taken. */
export const TEXT_CELLS = {
  headerLeft: 'tollbook_page_top_left',
  headerRight: 'tollbook_page_top_right',
  footerLeft: 'tollbook_page_bottom_left',
} as const;

/** Longer texts do not fit beside each other on a page. */
export const PAGE_TEXT_CHARACTERS = 100;
