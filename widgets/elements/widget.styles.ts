import { css } from './css.js';

/** The frame of a public widget. */
export const widgetStyles = css`
  :host {
    max-width: var(--dk-width, 44em);
    padding: var(--dk-padding, 1.25em);
    background: var(--paper);
    font-size: var(--dk-font-size, 1em);
    text-align: start;
  }
  :host([theme='govgr']) {
    --main: var(--dk-primary, var(--color-primary, #003375));
    --link: var(--dk-link, var(--color-link, #0052a5));
    --ring: var(--dk-focus, var(--color-focus, #ffdd00));
    --bad: var(--dk-error, var(--color-error, #b0102a));
    --round: var(--dk-radius, var(--border-radius-md, 0.25em));
  }
  .heading {
    font-weight: 700;
    line-height: 1.25;
  }
  .large {
    font-size: 1.55em;
    margin: 0 0 0.5em;
  }
  .small {
    font-size: 1.15em;
    margin: 1.5em 0 0.5em;
  }
  .top {
    justify-content: space-between;
    margin-bottom: 0.75em;
  }
  .actions {
    margin-top: 1.75em;
  }
  .notice {
    margin: 1em 0;
    border-inline-start: 0.25em solid var(--main);
  }
  .good {
    --main: var(--good);
  }
  .bad {
    --main: var(--bad);
  }
  .lead {
    font-size: 1.1em;
    margin-bottom: 1em;
  }
  p + p {
    margin-top: 0.5em;
  }
  details {
    margin-top: 1.25em;
  }
  .bullets {
    padding-inline-start: 1.25em;
  }
  .bullets li {
    list-style: disc;
    margin: 0.25em 0;
  }
  .facts > div {
    display: grid;
    grid-template-columns: minmax(8em, 1fr) 2fr;
    gap: 0 1em;
    align-items: baseline;
    padding: 0.5em 0;
    border-bottom: 0.0625em solid var(--hair);
  }
  .facts > .with-action {
    grid-template-columns: minmax(8em, 1fr) 2fr 5em;
  }
  .facts .link {
    padding: 0.25em 0;
    min-height: 1.5em;
  }
  .with-action dd:nth-child(3) {
    text-align: end;
  }
  .contact a {
    display: inline-block;
    padding: 0.25em 0;
  }
  .box.good {
    border-top: 0.25em solid var(--main);
  }
  .code {
    display: block;
    font-size: 1.35em;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.04em;
    direction: ltr;
    unicode-bidi: isolate;
  }
  @media (max-width: 30em) {
    .facts > div {
      grid-template-columns: 1fr;
    }
    .facts > .with-action {
      grid-template-columns: 1fr auto;
    }
    .with-action dd:nth-child(2) {
      grid-area: 2 / 1 / 3 / 3;
    }
    .button {
      width: 100%;
    }
  }
  @media print {
    .actions,
    .top {
      display: none;
    }
  }
`;
