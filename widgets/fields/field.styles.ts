import { css } from '#widgets/elements/css.js';

/** What a question looks like. */
export const fieldStyles = css`
  :host {
    margin-bottom: 1.75em;
  }
  .wrong {
    border-inline-start: 0.25em solid var(--bad);
    padding-inline-start: 0.9em;
  }
  label,
  legend {
    display: block;
    margin-bottom: 0.2em;
  }
  .label {
    font-weight: 600;
  }
  .optional {
    color: var(--muted);
    white-space: nowrap;
  }
  .hint {
    margin-bottom: 0.4em;
    max-width: 38em;
  }
  .error {
    color: var(--bad);
    font-weight: 600;
    margin-bottom: 0.4em;
  }
  details {
    margin-bottom: 0.4em;
  }
  summary {
    cursor: pointer;
    color: var(--link);
    padding: 0.4em 0;
  }
  input:not([type='radio'], [type='checkbox'], [type='file']),
  select,
  textarea {
    display: block;
    width: 100%;
    max-width: 26em;
    min-height: 2.75em;
    padding: 0.45em 0.65em;
    border: 0.125em solid var(--line);
    border-radius: var(--round);
    background: var(--paper);
    font-size: max(1em, 16px);
  }
  textarea {
    min-height: 8em;
    max-width: 38em;
    resize: vertical;
  }
  [aria-invalid='true'] {
    border-color: var(--bad) !important;
  }
  .short {
    max-width: 14em !important;
  }
  .tiny {
    width: 3.6em !important;
  }
  .year {
    width: 5em !important;
  }
  dt {
    margin-top: 0.5em !important;
  }
  dt.hint {
    margin-bottom: 0;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.9em;
  }
  .part {
    margin-top: 0.5em;
  }
  .part label {
    margin-bottom: 0.15em;
  }
  .option {
    position: relative;
    display: flex;
    align-items: flex-start;
    gap: 0.7em;
    margin: 0;
    padding: 0.55em 0;
    min-height: 2.75em;
    cursor: pointer;
  }
  .option input {
    flex: none;
    width: 1.5em;
    height: 1.5em;
    margin: 0;
    accent-color: var(--main);
    cursor: pointer;
  }
  .option .hint {
    display: block;
    margin: 0;
  }
  .box {
    border: 0.0625em solid var(--hair);
    border-radius: var(--round);
    background: var(--shade);
    padding: 0.8em 1em;
    margin: 0.6em 0;
  }
`;
