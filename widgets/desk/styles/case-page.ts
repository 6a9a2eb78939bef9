import { css } from 'lit';

export const casePageStyles = css`
  .head { margin-bottom: 1em; }
  .head h1 { display: flex; flex-wrap: wrap; gap: 0.1em 0.7em; margin: 0.1em 0 0.35em; overflow-wrap: anywhere; }
  .head h1 .number { color: var(--desk-primary-strong); }
  .head nav { display: flex; flex-wrap: wrap; margin: 0.4em 0 0 -0.5em; }
  .columns { display: grid; gap: 1em; grid-template-columns: minmax(0, 1fr); align-items: start; }
  aside, .sections { display: grid; gap: 1em; min-width: 0; }
  section > h2 { margin-bottom: 0.6em; scroll-margin-top: 1em; }
  section > h2:focus { outline: none; }
  .now { border-inline-start: 6px solid var(--desk-primary); }
  dl { margin: 0.6em 0 0; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.35em 1em; }
  dt { color: var(--desk-muted); }
  dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
  .citizen { margin-top: 0.8em; padding-top: 0.7em; border-top: 1px solid var(--desk-line); }
  .citizen .hint { display: block; }
  .incidents { border-color: var(--desk-danger); border-inline-start-width: 6px; }
  .incidents ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.7em; }
  @media (min-width: 64em) {
    .columns { grid-template-columns: minmax(0, 1fr) minmax(22em, 30em); }
    .sections { grid-column: 1; grid-row: 1; }
    aside { grid-column: 2; grid-row: 1; }
  }
`;
