import { css } from './css.js';

/**
 * The theme. Everything is sized in `em`: hosts that set `html { font-size: 62.5% }` would shrink `rem`. A municipality
 * sets `--dk-*` on the element or above it; the rest follows from these. Contrast of the defaults is AA or better.
 */
export const base = css`
  :host {
    --muted: var(--dk-muted, #4b5a68);
    --paper: var(--dk-background, #fff);
    --line: var(--dk-border, #697784);
    --hair: var(--dk-hairline, #d3dbe1);
    --main: var(--dk-primary, #0a4d8c);
    --link: var(--dk-link, var(--main));
    --ring: var(--dk-focus, #ffb81c);
    --bad: var(--dk-error, #b4161b);
    --good: var(--dk-success, #14683c);
    --round: var(--dk-radius, 0.375em);
    display: block;
    color: var(--dk-text, #14202b);
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
  summary,
  .link {
    color: var(--link);
  }
  a,
  .link {
    text-decoration: underline 0.06em;
    text-underline-offset: 0.2em;
  }
  .link,
  .button,
  .option,
  summary {
    min-height: 2.75em;
    padding: 0.5em 0;
    cursor: pointer;
  }
  .link {
    background: none;
    border: 0;
    text-align: start;
  }
  a:hover,
  .link:hover {
    text-decoration-thickness: 0.15em;
  }
  :focus-visible,
  .unseen:focus-visible + .button {
    outline: 0.2em solid #14202b;
    outline-offset: 0.06em;
    box-shadow: 0 0 0 0.33em var(--ring);
    border-radius: 0.12em;
  }
  [tabindex]:focus-visible {
    outline: 0;
    box-shadow: none;
  }
  .button {
    display: inline-block;
    padding-inline: 1.5em;
    border: 0.125em solid var(--main);
    border-radius: var(--round);
    background: var(--main);
    color: var(--dk-on-primary, #fff);
    font-weight: 600;
    text-align: center;
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
  .muted,
  .top {
    color: var(--muted);
  }
  .label,
  .error,
  .facts dt {
    font-weight: 600;
  }
  .error {
    color: var(--bad);
  }
  .box,
  .notice {
    border: 0.0625em solid var(--hair);
    border-radius: var(--round);
    background: var(--dk-surface, #f3f6f8);
    padding: 1em;
    margin: 0.5em 0;
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
