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
    text-wrap: balance;
  }
  .large {
    font-size: 1.55em;
    margin: 0 0 0.5em;
  }
  .small {
    font-size: 1.15em;
    margin: 1.5em 0 0.4em;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 0 1.5em;
    margin-bottom: 0.75em;
    color: var(--muted);
  }
  dk-notice {
    margin-top: 1em;
  }
  .lead {
    font-size: 1.1em;
    margin-bottom: 1em;
  }
  p + p {
    margin-top: 0.6em;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 1.5em;
    margin-top: 1.75em;
  }
  .bullets {
    padding-inline-start: 1.25em;
  }
  .bullets li {
    margin: 0.3em 0;
  }
  .facts > div {
    display: grid;
    grid-template-columns: minmax(8em, 1fr) 2fr;
    gap: 0 1.25em;
    padding: 0.65em 0;
    border-bottom: 0.0625em solid var(--hair);
  }
  .facts > .with-action {
    grid-template-columns: minmax(8em, 1fr) 2fr 5em;
    align-items: baseline;
  }
  .with-action dd:nth-child(3) {
    text-align: end;
  }
  .facts > div {
    align-items: baseline;
  }
  .facts dt {
    font-weight: 600;
  }
  .facts .link {
    padding: 0.2em 0;
    min-height: 1.5em;
  }
  .contact a {
    display: inline-block;
    padding: 0.2em 0;
  }
  .panel {
    padding: 1.25em;
    border-radius: var(--round);
    background: var(--shade);
    border: 0.0625em solid var(--hair);
    margin: 0 0 1.25em;
  }
  .panel.good {
    border-block-start: 0.35em solid var(--good);
  }
  .code {
    display: block;
    font-size: 1.35em;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.04em;
    direction: ltr;
    unicode-bidi: isolate;
    text-align: start;
  }
  .field-line {
    display: grid;
    gap: 0.3em;
    margin: 1em 0;
    max-width: 26em;
  }
  .field-line label {
    font-weight: 600;
  }
  .field-line input {
    min-height: 2.75em;
    padding: 0.45em 0.65em;
    border: 0.125em solid var(--line);
    border-radius: var(--round);
    background: var(--paper);
    font-size: max(1em, 16px);
  }
  .wrong-line {
    color: var(--bad);
    font-weight: 600;
  }
  details {
    margin-top: 1.25em;
  }
  summary {
    cursor: pointer;
    color: var(--link);
    min-height: 2.75em;
    padding: 0.6em 0;
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
