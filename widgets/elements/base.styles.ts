import { css } from './css.js';

/**
 * The theme. Everything is sized in `em`: hosts that set `html { font-size: 62.5% }` would shrink `rem`. A municipality
 * sets `--dk-*` on the element or above it; the rest follows from these. Contrast of the defaults is AA or better.
 */
export const base = css`
  :host {
    --ink: var(--dk-text, #14202b);
    --muted: var(--dk-muted, #4b5a68);
    --paper: var(--dk-background, #fff);
    --shade: var(--dk-surface, #f3f6f8);
    --line: var(--dk-border, #697784);
    --hair: var(--dk-hairline, #d3dbe1);
    --main: var(--dk-primary, #0a4d8c);
    --on-main: var(--dk-on-primary, #fff);
    --link: var(--dk-link, var(--main));
    --ring: var(--dk-focus, #ffb81c);
    --bad: var(--dk-error, #b4161b);
    --good: var(--dk-success, #14683c);
    --round: var(--dk-radius, 0.375em);
    display: block;
    color: var(--ink);
    font-family: var(--dk-font, inherit);
    line-height: 1.5;
    overflow-wrap: anywhere;
    accent-color: var(--main);
  }
  :host,
  .field {
    scroll-margin-top: var(--dk-scroll-margin, 1em);
  }
  :host([hidden]),
  p:empty {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset,
  legend {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
    list-style: none;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  a,
  .link {
    color: var(--link);
    text-decoration: underline 0.06em;
    text-underline-offset: 0.18em;
  }
  .link {
    background: none;
    border: 0;
    padding: 0.6em 0;
    min-height: 2.75em;
    cursor: pointer;
    text-align: start;
  }
  a:hover,
  .link:hover {
    text-decoration-thickness: 0.16em;
  }
  :focus-visible,
  .unseen:focus-visible + .button {
    outline: 0.19em solid #14202b;
    outline-offset: 0.06em;
    box-shadow: 0 0 0 0.32em var(--ring);
    border-radius: 0.12em;
  }
  [tabindex]:focus-visible {
    outline: 0;
    box-shadow: none;
  }
  .button {
    display: inline-block;
    min-height: 2.75em;
    padding: 0.55em 1.4em;
    border: 0.125em solid var(--main);
    border-radius: var(--round);
    background: var(--main);
    color: var(--on-main);
    font-weight: 600;
    text-align: center;
    cursor: pointer;
  }
  .button:hover {
    filter: brightness(0.88);
  }
  .second {
    background: var(--paper);
    color: var(--main);
  }
  .button[aria-disabled='true'] {
    opacity: 0.65;
    cursor: progress;
  }
  .hint,
  .muted {
    color: var(--muted);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .line {
    display: block;
  }
`;
