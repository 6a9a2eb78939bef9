import { css } from 'lit';

/** Colours and sizes of the desk; set once on the application, inherited by every element inside. */
export const tokens = css`
  :host {
    --desk-ink: #16222e;
    --desk-muted: #4c5b69;
    --desk-line: #d3dbe2;
    --desk-edge: #74828f;
    --desk-surface: #ffffff;
    --desk-ground: #f3f6f8;
    --desk-tint: #e8f0f7;
    --desk-primary: #0a5291;
    --desk-primary-strong: #073c6b;
    --desk-focus: #c2410c;
    --desk-danger: #9f1420;
    --desk-danger-tint: #fdeeee;
    --desk-warning: #7a4300;
    --desk-warning-tint: #fff4dd;
    --desk-good: #17633a;
    --desk-good-tint: #e9f6ee;
    --desk-special: #5b2a86;
    --desk-special-tint: #f4ecfa;
    --desk-radius: 6px;
    color: var(--desk-ink);
    font-family: 'Noto Sans', 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif;
    font-size: 16px;
    line-height: 1.45;
  }
`;

/** Controls, headings and marks that every element of the desk shares. */
export const controls = css`
  :host { display: block; }
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  h1, h2, h3, h4 { margin: 0; line-height: 1.25; text-wrap: balance; }
  h1 { font-size: 1.5em; }
  h2 { font-size: 1.14em; }
  h3 { font-size: 1em; }
  p { margin: 0; }
  p + p { margin-top: 0.5em; }
  a { color: var(--desk-primary); text-underline-offset: 0.15em; }
  a:hover { color: var(--desk-primary-strong); text-decoration-thickness: 2px; }
  :focus-visible { outline: 3px solid var(--desk-focus); outline-offset: 2px; border-radius: 3px; }
  button, input, select, textarea { font: inherit; color: inherit; }
  button {
    display: inline-flex; align-items: center; justify-content: center; gap: 0.4em;
    min-height: 2.5em; padding: 0.35em 0.9em; cursor: pointer;
    background: var(--desk-surface); color: var(--desk-primary-strong); font-weight: 600;
    border: 1px solid var(--desk-edge); border-radius: var(--desk-radius);
  }
  button:hover:not([disabled], [aria-disabled='true']) { background: var(--desk-tint); border-color: var(--desk-primary); }
  button.primary:not([disabled], [aria-disabled='true']) { background: var(--desk-primary); border-color: var(--desk-primary); color: #fff; }
  button.primary:hover:not([disabled], [aria-disabled='true']) { background: var(--desk-primary-strong); }
  button.danger { color: var(--desk-danger); border-color: var(--desk-danger); }
  button.quiet { border-color: transparent; background: none; padding-inline: 0.5em; text-decoration: underline; text-underline-offset: 0.15em; }
  button[disabled], button[aria-disabled='true'] { background: #e3e8ec; border-color: #b3bec8; color: #4c5b69; cursor: not-allowed; }
  label, legend { font-weight: 600; }
  legend { padding: 0; margin-bottom: 0.35em; }
  fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
  input:not([type='radio'], [type='checkbox'], [type='file']), select, textarea {
    width: 100%; min-height: 2.5em; padding: 0.4em 0.6em; background: var(--desk-surface);
    border: 1px solid var(--desk-edge); border-radius: var(--desk-radius);
  }
  textarea { min-height: 5em; resize: vertical; display: block; }
  input[aria-invalid='true'], select[aria-invalid='true'], textarea[aria-invalid='true'] { border: 2px solid var(--desk-danger); }
  input[type='file'] { max-width: 100%; padding: 0.4em 0; }
  input[type='radio'], input[type='checkbox'] { inline-size: 1.25em; block-size: 1.25em; margin: 0.12em 0 0; flex: none; accent-color: var(--desk-primary); }
  .field { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.25em; min-width: 0; }
  .hint { color: var(--desk-muted); font-size: 0.92em; font-weight: 400; }
  .error { color: var(--desk-danger); font-weight: 600; }
  .choice { display: flex; gap: 0.6em; align-items: flex-start; padding: 0.35em 0; font-weight: 400; cursor: pointer; }
  .choice strong { display: block; }
  .stack { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1em; min-width: 0; }
  .row { display: flex; flex-wrap: wrap; gap: 0.6em; align-items: center; }
  .muted { color: var(--desk-muted); }
  .number { font-variant-numeric: tabular-nums; white-space: nowrap; }
  .card { background: var(--desk-surface); border: 1px solid var(--desk-line); border-radius: 10px; padding: 1em; min-width: 0; }
  .mark {
    display: inline-flex; align-items: center; gap: 0.35em; padding: 0.08em 0.55em; border-radius: 99px;
    font-size: 0.86em; font-weight: 600; background: #e9eef2; color: #2c3a47; border: 1px solid transparent;
  }
  .mark.good { background: var(--desk-good-tint); color: var(--desk-good); }
  .mark.bad { background: var(--desk-danger-tint); color: var(--desk-danger); }
  .mark.warn { background: var(--desk-warning-tint); color: var(--desk-warning); }
  .mark.info { background: var(--desk-tint); color: var(--desk-primary-strong); }
  .mark.special { background: var(--desk-special-tint); color: var(--desk-special); border-color: var(--desk-special); }
  .hidden-visually {
    position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }
  kbd {
    font: 600 0.86em ui-monospace, 'Noto Sans Mono', monospace; padding: 0.1em 0.45em;
    border: 1px solid var(--desk-edge); border-bottom-width: 2px; border-radius: 4px; background: #fff; color: var(--desk-ink);
  }
`;
