/** Colours, radii and component habits of the window. */
import {
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  Input,
  type MantineColorsTuple,
  Modal,
  mergeThemeOverrides,
  Paper,
  Table,
  Tooltip,
} from '@mantine/core';

const ledger: MantineColorsTuple = [
  '#e8f7f4',
  '#d3ece7',
  '#a8d9cf',
  '#78c4b6',
  '#50b3a1',
  '#36a793',
  '#1f9a86',
  '#0e7a6d',
  '#0a685d',
  '#04574d',
];

/** Cool greys with a hint of the brand's green, so that dark is not plain black. */
const dark: MantineColorsTuple = [
  '#d5dbdc',
  '#b3bcbe',
  '#909b9e',
  '#667276',
  '#3c474b',
  '#2b3539',
  '#20292c',
  '#182023',
  '#12191b',
  '#0c1213',
];

/** The top of a panel is not the banner of the page. */
const PLAIN_HEADER = { header: { role: 'none' } };

export const theme = createTheme({
  primaryColor: 'ledger',
  primaryShade: 7,
  colors: { ledger, dark },
  autoContrast: true,
  fontFamily:
    '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "Cascadia Mono", "SF Mono", Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 550 } }),
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Drawer: Drawer.extend({
      defaultProps: {
        position: 'right',
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.25 },
        attributes: PLAIN_HEADER,
      },
    }),
    Input: Input.extend({ defaultProps: { size: 'sm' } }),
    // Help below the field keeps fields of one row in line.
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.35 },
        attributes: PLAIN_HEADER,
      },
    }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, radius: 'md' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 7, horizontalSpacing: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, openDelay: 300, multiline: true, maw: 320 } }),
  },
});

/** The cross that closes a panel, named in the reader's language. */
export function withCloseLabel(label: string): typeof theme {
  const closes = { defaultProps: { closeButtonProps: { 'aria-label': label } } };
  return mergeThemeOverrides(theme, { components: { Drawer: closes, Modal: closes } });
}

/** Light fills are too heavy on dark ground as Mantine mixes them. */
const TINTED = ['ledger', 'blue', 'red', 'orange', 'yellow', 'gray'] as const;

/** Mantine's own variables in the window's colours, so that its components and styles/base.css agree. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--tb-surface)',
    '--mantine-color-text': 'var(--tb-ink)',
    '--mantine-color-dimmed': 'var(--tb-muted)',
    '--mantine-color-placeholder': 'var(--tb-faint)',
    '--mantine-color-default-border': 'var(--tb-border)',
  };
  const tints = Object.fromEntries(
    TINTED.flatMap((color) => [
      [`--mantine-color-${color}-light`, `color-mix(in srgb, var(--mantine-color-${color}-5) 18%, transparent)`],
      [`--mantine-color-${color}-light-hover`, `color-mix(in srgb, var(--mantine-color-${color}-5) 26%, transparent)`],
      [`--mantine-color-${color}-light-color`, `var(--mantine-color-${color}-3)`],
    ]),
  );
  return {
    variables: {},
    light: {
      ...shared,
      '--mantine-color-yellow-light-color': '#855600',
      '--mantine-color-orange-light-color': '#9c3d06',
    },
    dark: { ...shared, ...tints },
  };
};
