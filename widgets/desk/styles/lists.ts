import { css } from 'lit';

/** Lists of cases: a dense table on a desk, one card a row on a telephone. Roles are written out, so the look never changes the meaning. */
export const lists = css`
  .heading { display: flex; flex-wrap: wrap; gap: 0.4em 1.2em; align-items: baseline; margin-bottom: 0.9em; }
  .heading .muted { font-size: 0.92em; }
  .filters { display: flex; flex-wrap: wrap; gap: 0.6em 1em; align-items: end; margin-bottom: 0.9em; }
  .filters .field { flex: 0 1 18em; }
  table { inline-size: 100%; border-collapse: separate; border-spacing: 0; background: var(--desk-surface); border: 1px solid var(--desk-line); border-radius: 10px; }
  th { text-align: start; font-size: 0.86em; color: var(--desk-muted); font-weight: 600; padding: 0.6em 0.8em; border-bottom: 1px solid var(--desk-line); }
  td { padding: 0.55em 0.8em; border-bottom: 1px solid #e7ecf0; vertical-align: top; overflow-wrap: anywhere; }
  tr:last-child td { border-bottom: 0; }
  tbody tr:hover { background: #f7fafc; }
  tbody tr:focus-within { background: var(--desk-tint); box-shadow: inset 4px 0 0 var(--desk-primary); }
  td :is(a[data-row], a.act) { font-weight: 700; white-space: nowrap; display: inline-block; min-height: 24px; }
  .sub { display: block; color: var(--desk-muted); font-size: 0.88em; }
  td .row { flex-direction: column; align-items: flex-start; gap: 0.3em; }
  td button { min-height: 2em; padding: 0.2em 0.7em; }
  p[role='status'] { margin-bottom: 0.5em; }
  .told { color: var(--desk-good); font-weight: 600; }
  p.told:empty { margin: 0; }
  .empty { padding: 2.2em 1em; text-align: center; color: var(--desk-muted); }
  @media (max-width: 40em) { .filters .field { flex-basis: 100%; } }
  @media (max-width: 56em) {
    table, tbody, tr, td { display: block; }
    thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    tr { padding: 0.7em 0.9em; border-bottom: 1px solid var(--desk-line); }
    tr:last-child { border-bottom: 0; }
    td { padding: 0.15em 0; border: 0; }
    td .row { flex-direction: row; align-items: center; gap: 0.3em 0.6em; }
    td[data-label]::before { content: attr(data-label) ': '; color: var(--desk-muted); font-size: 0.86em; }
  }
`;
