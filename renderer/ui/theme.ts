import {
  type CSSVariablesResolver,
  createTheme,
  Input,
  InputWrapper,
  type MantineColorsTuple,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
} from '@mantine/core';
import styles from './theme.module.css';

/** Mantine's own greys lean to blue; these do not. */
const neutral: MantineColorsTuple = [
  '#f3f3f3',
  '#e6e6e6',
  '#dcdcdc',
  '#c6c6c6',
  '#a8a8a8',
  '#8c8c8c',
  '#6f6f6f',
  '#4a4a4a',
  '#2e2e2e',
  '#141414',
];
const neutralDark: MantineColorsTuple = [
  '#f2f2f2',
  '#d6d6d6',
  '#bdbdbd',
  '#9a9a9a',
  '#484848',
  '#3a3a3a',
  '#2b2b2b',
  '#222222',
  '#1b1b1b',
  '#161616',
];

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  colors: { gray: neutral, dark: neutralDark, neutral },
  primaryColor: 'neutral',
  primaryShade: { light: 9, dark: 1 },
  autoContrast: true,
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Input: Input.extend({ classNames: { input: styles.input } }),
    InputWrapper: InputWrapper.extend({
      classNames: {
        label: styles.label,
        description: styles.description,
        error: styles.error,
        required: styles.required,
      },
    }),
    // The little arrows are no target for a finger.
    NumberInput: NumberInput.extend({ defaultProps: { hideControls: true } }),
    PasswordInput: PasswordInput.extend({ classNames: { visibilityToggle: styles.visibilityToggle } }),
    // The list itself scrolls: a box around it would be a stop for the keyboard that leads nowhere.
    Select: Select.extend({
      defaultProps: { withScrollArea: false },
      classNames: { option: styles.option, options: styles.options },
    }),
    Modal: Modal.extend({
      // The page itself never scrolls, so nothing needs locking; the lock would add a style of its own to the page.
      defaultProps: { lockScroll: false, centered: true, size: 640, overlayProps: { backgroundOpacity: 0.55 } },
      classNames: { content: styles.modal, header: styles.modal, title: styles.modalTitle, close: styles.modalClose },
    }),
  },
});

const tied = {
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-dimmed': 'var(--text-dim)',
  '--mantine-color-error': 'var(--stopped)',
  '--mantine-color-placeholder': 'var(--text-dim)',
  '--mantine-color-default-border': 'var(--line-strong)',
};

/** Ties Mantine's parts to our own tokens, which change with the colour scheme by themselves. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: tied, dark: tied });
