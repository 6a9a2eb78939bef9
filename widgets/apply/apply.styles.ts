import { css } from '#widgets/elements/css.js';

/** What only an application looks like. */
export const applyStyles = css`
  .applicant {
    margin-top: 1.5em;
  }
  .applicant legend {
    font-weight: 600;
  }
  .applicant label {
    display: flex;
    align-items: center;
    gap: 0.7em;
    min-height: 2.75em;
    cursor: pointer;
  }
  .applicant input {
    flex: none;
    width: 1.5em;
    height: 1.5em;
    margin: 0;
    accent-color: var(--main);
  }
  .progress {
    font-variant-numeric: tabular-nums;
  }
  .intro {
    margin-bottom: 1.5em;
  }
  .bar {
    height: 0.25em;
    margin-bottom: 1.5em;
    background: var(--hair);
    border-radius: 1em;
    overflow: hidden;
  }
  .bar path {
    stroke: var(--main);
  }
  .bar svg {
    display: block;
    width: 100%;
    height: 100%;
  }
  :host([dir='rtl']) .bar svg {
    scale: -1 1;
  }
`;
