import { css } from '#widgets/elements/css.js';

/** What questions look like, and what is wrong with their answers. */
export const fieldStyles = css`
  .field {
    margin-bottom: 1.75em;
  }
  .wrong {
    border-inline-start: 0.25em solid var(--bad);
    padding-inline-start: 1em;
  }
  label,
  legend {
    display: block;
    margin-bottom: 0.25em;
  }
  .field > details {
    margin: 0;
  }
  .field > p {
    margin: 0 0 0.5em;
    max-width: 38em;
  }
  .typed {
    display: block;
    width: 100%;
    max-width: 26em;
    min-height: 2.75em;
    padding: 0.5em;
    border: 0.125em solid var(--line);
    border-radius: var(--round);
    background: var(--paper);
    font-size: max(1em, 16px);
  }
  textarea.typed {
    max-width: 38em;
  }
  [aria-invalid='true'] {
    border-color: var(--bad);
  }
  .short {
    max-width: 14em;
  }
  .tiny {
    width: 3.6em;
  }
  .year {
    width: 5em;
  }
  .row,
  .top,
  .actions,
  .files li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 1.5em;
  }
  .part,
  .box dt {
    margin-top: 0.5em;
  }
  .option {
    display: flex;
    gap: 0.75em;
    margin: 0;
  }
  .option input {
    flex: none;
    width: 1.5em;
    height: 1.5em;
    margin: 0;
  }
  .files {
    margin-top: 0.5em;
    max-width: 38em;
  }
  .files li {
    border-bottom: 0.0625em solid var(--hair);
    padding: 0.5em 0;
  }
  .files li > :first-child {
    flex: 1 1 12em;
  }
  progress {
    display: block;
    width: 100%;
    height: 0.5em;
  }
  #errors {
    border: 0.2em solid var(--bad);
    border-radius: var(--round);
    padding: 1em;
    margin-bottom: 1.5em;
  }
`;
