import { css } from 'lit';

export const filingStyles = css`
  .narrow { max-width: 46em; margin: 0 auto; padding: clamp(1em, 3vw, 2em); gap: 1.2em; }
  h1:focus { outline: none; }
  .steps { margin-top: 0.6em; padding-top: 1em; border-top: 1px solid var(--desk-line); }
  .between { justify-content: space-between; flex-wrap: nowrap; align-items: baseline; }
  .between button { min-height: 2em; padding-block: 0; margin-inline-end: -0.5em; flex: none; }
  .page { border-top: 1px solid var(--desk-line); padding-top: 0.8em; }
  dl { margin: 0.3em 0 0; display: grid; grid-template-columns: minmax(9em, 16em) minmax(0, 1fr); gap: 0.3em 1.2em; }
  dt { color: var(--desk-muted); }
  dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
  .member { border-inline-start: 3px solid var(--desk-line); padding-inline-start: 0.8em; white-space: normal; margin-bottom: 0.5em; }
  .wrong { border: 1px solid var(--desk-danger); border-inline-start-width: 6px; border-radius: var(--desk-radius); padding: 0.8em 1em; }
  .wrong ul { margin: 0.4em 0 0; padding-inline-start: 1.2em; }
  .waiting { border-inline-start: 6px solid var(--desk-warning); background: var(--desk-warning-tint); padding: 0.7em 0.9em; border-radius: var(--desk-radius); }
  @media (max-width: 34em) { dl { grid-template-columns: minmax(0, 1fr); } dd { margin-bottom: 0.4em; } }
`;
