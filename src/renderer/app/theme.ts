/** The look: one calm green, system fonts, generous radius; light and dark values stand in ui/tokens.css. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const pine: MantineColorsTuple = [
  '#edf6f3',
  '#d9ebe5',
  '#b3d7cb',
  '#8ac2b0',
  '#68b199',
  '#4c9f87',
  '#338a73',
  '#227763',
  '#17685a',
  '#0e5448',
]

/** The greys of the dark scheme with a touch of the green. */
const dark: MantineColorsTuple = [
  '#c9d3cf',
  '#b4c0bb',
  '#85928d',
  '#6a7772',
  '#3a4541',
  '#333d39',
  '#262e2b',
  '#1a201e',
  '#151a18',
  '#101413',
]

/** The head of a dialog is no head of the page, which has one already. */
const plainHeader = { header: { role: 'none' } }

export const theme = createTheme({
  primaryColor: 'pine',
  colors: { pine, dark },
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, monospace',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  // The scrollbar stays where it is, so nothing moves when a dialog opens.
  components: {
    Modal: {
      defaultProps: {
        lockScroll: false,
        padding: 'xl',
        radius: 'lg',
        centered: true,
        withCloseButton: false,
        attributes: plainHeader,
      },
      styles: {
        title: { fontSize: '1.1875rem', fontWeight: 660 },
        content: { background: 'var(--pb-card)' },
        header: { background: 'var(--pb-card)' },
      },
    },
    Drawer: { defaultProps: { attributes: plainHeader } },
  },
  respectReducedMotion: true,
  focusRing: 'auto',
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f8f7',
    '--mantine-color-text': '#17201d',
    '--mantine-color-dimmed': '#55615c',
    '--mantine-color-error': '#a8211a',
  },
  dark: {
    '--mantine-color-body': '#121615',
    '--mantine-color-text': '#e6ecea',
    '--mantine-color-dimmed': '#a5b2ad',
    '--mantine-color-error': '#ff9a90',
  },
})
