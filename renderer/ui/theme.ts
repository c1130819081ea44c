import { webDarkTheme, webLightTheme } from '@fluentui/react-components';
import type { Theme } from '@fluentui/react-components';

const text = {
  fontFamilyBase:
    "'Segoe UI Variable Text', 'Segoe UI', Inter, system-ui, -apple-system, BlinkMacSystemFont, Roboto, 'Helvetica Neue', sans-serif",
  fontFamilyMonospace: "'Cascadia Mono', Consolas, 'SF Mono', Menlo, 'Liberation Mono', monospace",
  fontSizeBase300: '13px',
  lineHeightBase300: '20px',
} as const;

/** Colours that Fluent has no token for; each stands for one thing in both themes. */
const own = {
  light: {
    backstopHatchGround: '#f5f5f5',
    backstopHatchStripe: '#adadad',
    backstopHatchEdge: '#8a8a8a',
    backstopEmptyEdge: '#707070',
    backstopCellEdge: '#2886de',
    backstopHeat1: '#b4d6fa',
    backstopHeat2: '#77b7f7',
    backstopHeat3: '#2886de',
    backstopHeat4: '#0f548c',
    backstopOnHeat1: '#0c3b5e',
    backstopOnHeat4: '#ffffff',
    backstopBolt: '#0c3b5e',
    backstopCursor: '#242424',
    backstopChosen: '#ebf3fc',
    backstopDangerText: '#b10e1c',
    backstopDone: '#107c10',
    backstopDemo: '#4a2574',
    backstopOnDemo: '#ffffff',
  },
  dark: {
    backstopHatchGround: '#242424',
    backstopHatchStripe: '#5c5c5c',
    backstopHatchEdge: '#757575',
    backstopEmptyEdge: '#adadad',
    backstopCellEdge: '#479ef5',
    backstopHeat1: '#0e4775',
    backstopHeat2: '#115ea3',
    backstopHeat3: '#479ef5',
    backstopHeat4: '#b4d6fa',
    backstopOnHeat1: '#ffffff',
    backstopOnHeat4: '#0c3b5e',
    backstopBolt: '#cfe4fa',
    backstopCursor: '#ffffff',
    backstopChosen: '#0a2e4a',
    backstopDangerText: '#eeacb2',
    backstopDone: '#54b054',
    backstopDemo: '#d9c3f2',
    backstopOnDemo: '#1f0f33',
  },
} as const;

/** Fluent's themes with our text sizes and own colours. The bars of the frame take NeutralBackground3 and the page 2. */
export const lightTheme = { ...webLightTheme, ...text, ...own.light } satisfies Theme & Record<string, unknown>;
const darkTheme = {
  ...webDarkTheme,
  ...text,
  ...own.dark,
  // Foreground1 of the dark theme has 4.2:1 on a card only.
  colorStatusDangerForeground1: '#eeacb2',
  colorNeutralBackground2: '#1f1f1f',
  colorNeutralBackground3: '#141414',
} satisfies Theme & Record<string, unknown>;

type OwnColour = keyof typeof own.light;

/** CSS variables of our own colours, named as in the themes. */
export const ownColours = Object.fromEntries(
  (Object.keys(own.light) as OwnColour[]).map(name => [name, `var(--${name})`]),
) as { readonly [N in OwnColour]: `var(--${N})` };

/** Which theme to show. `systemDark`: what the system's own setting says. */
export function themeFor(setting: 'system' | 'light' | 'dark', systemDark: boolean): Theme {
  return setting === 'dark' || (setting === 'system' && systemDark) ? darkTheme : lightTheme;
}
