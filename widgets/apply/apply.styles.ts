import { css } from '#widgets/elements/css.js';

/** What only an application looks like. */
export const applyStyles = css`
  .progress {
    font-variant-numeric: tabular-nums;
  }
  :is(p, ul) + .field {
    margin-top: 1.5em;
  }
  .intro,
  .view > progress {
    margin-bottom: 1.5em;
  }
`;
