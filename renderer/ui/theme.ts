import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** The accent: a peacock's neck. Shade 7 fills buttons in light, 6 in dark; both carry white text at AA. */
const peacock: MantineColorsTuple = [
  '#eaf5f5',
  '#d3e8e9',
  '#a6d2d4',
  '#74b9bd',
  '#47a1a6',
  '#258b92',
  '#127b84',
  '#0b6b73',
  '#085159',
  '#053e45',
]

/** Mantine's own red fails AA under white text at these shades. */
const red: MantineColorsTuple = [
  '#fbeceb',
  '#f6d9d7',
  '#ecb4b0',
  '#f2968f',
  '#e0665e',
  '#cf463d',
  '#bf352c',
  '#b3261e',
  '#8f1b15',
  '#6e120d',
]

const gray: MantineColorsTuple = [
  '#f9f8f6',
  '#f1f0ec',
  '#e9e7e2',
  '#dcd9d2',
  '#cbc7be',
  '#928d83',
  '#6b675f',
  '#55524b',
  '#38352f',
  '#1e1d1b',
]

const dark: MantineColorsTuple = [
  '#e9e7e2',
  '#cfcdc7',
  '#98958e',
  '#6b7075',
  '#43494d',
  '#2c3033',
  '#212427',
  '#191b1d',
  '#121415',
  '#0c0d0e',
]

const fonts = "'Inter Variable', 'Noto Sans Devanagari Variable', system-ui, sans-serif"

export const theme = createTheme({
  colors: { peacock, red, gray, dark },
  primaryColor: 'peacock',
  primaryShade: { light: 7, dark: 6 },
  white: '#ffffff',
  black: '#1e1d1b',
  fontFamily: fonts,
  fontFamilyMonospace: "ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  headings: {
    fontFamily: fonts,
    fontWeight: '620',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
      h5: { fontSize: '0.8125rem', lineHeight: '1.4' },
      h6: { fontSize: '0.75rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Links within a sentence are told from it by more than their colour.
    Anchor: { defaultProps: { underline: 'always' } },
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } },
    Tooltip: { defaultProps: { openDelay: 450, withArrow: false, color: 'dark' } },
    Modal: { defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.4 } } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md', position: 'bottom-end', withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { shadow: 'md', radius: 'md' } },
    SegmentedControl: { defaultProps: { size: 'sm' } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Skeleton: { defaultProps: { radius: 'sm' } },
  },
})

/** Makes Mantine's parts take their neutrals from tokens.css, so that there is one palette. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--ab-surface)',
    '--mantine-color-text': 'var(--ab-text)',
    '--mantine-color-dimmed': 'var(--ab-text-2)',
    '--mantine-color-placeholder': 'var(--ab-text-3)',
    '--mantine-color-error': 'var(--ab-danger)',
    '--mantine-color-anchor': 'var(--ab-accent-text)',
    '--mantine-color-default-border': 'var(--ab-line-strong)',
    '--mantine-color-default-hover': 'var(--ab-hover)',
    '--mantine-color-peacock-text': 'var(--ab-accent-text)',
    '--mantine-color-peacock-light': 'var(--ab-accent-soft)',
    '--mantine-color-peacock-light-color': 'var(--ab-accent-text)',
    '--mantine-color-peacock-light-hover': 'var(--ab-accent-line)',
    '--mantine-color-peacock-outline': 'var(--ab-accent)',
    '--mantine-color-red-text': 'var(--ab-danger)',
    '--mantine-color-red-light': 'var(--ab-danger-soft)',
    '--mantine-color-red-light-color': 'var(--ab-danger)',
    '--mantine-color-red-outline': 'var(--ab-danger)',
    '--mantine-color-gray-text': 'var(--ab-text-2)',
    '--mantine-color-gray-light': 'var(--ab-sunken)',
    '--mantine-color-gray-light-hover': 'var(--ab-hover)',
    '--mantine-color-gray-light-color': 'var(--ab-text-2)',
    '--mantine-shadow-md': 'var(--ab-shadow-high)',
  }
  return {
    variables: {},
    light: { ...shared, '--mantine-color-default': 'var(--ab-surface)' },
    dark: { ...shared, '--mantine-color-default': 'var(--ab-raised)' },
  }
}
