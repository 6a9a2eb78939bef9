import { css } from 'lit';

export const shellStyles = css`
  :host { min-height: 100vh; background: var(--desk-ground); }
  .demo {
    background: #ffd980; color: #3d2600; font-weight: 700; text-align: center; padding: 0.3em 1em;
    border-bottom: 2px solid #8a5a00; font-size: 0.92em; letter-spacing: 0.02em;
  }
  .skip { position: absolute; inset-inline-start: 0.5em; top: -4em; z-index: 5; }
  .skip:focus { top: 0.5em; }
  main { max-width: 90em; margin: 0 auto; padding: 1.1em clamp(0.75em, 2.2vw, 2em) 4em; }
  main:focus, main:focus-visible { outline: none; }
  .ended {
    position: sticky; top: 0; z-index: 4; background: var(--desk-danger-tint); color: var(--desk-danger);
    border-bottom: 2px solid var(--desk-danger); padding: 0.7em clamp(0.75em, 2.2vw, 2em);
    display: flex; flex-wrap: wrap; gap: 0.6em 1.4em; align-items: center; font-weight: 600;
  }
  .door { display: grid; place-items: center; min-height: 80vh; }
  .door .card { inline-size: min(27em, 100%); padding: 2em; }
  .brand { display: flex; align-items: center; gap: 0.5em; font-weight: 700; color: var(--desk-primary-strong); }
  .knot {
    inline-size: 1.1em; block-size: 1.1em; border-radius: 50%; border: 0.26em solid var(--desk-primary);
    box-shadow: 0.45em 0 0 -0.16em #e0a100; flex: none; margin-inline-end: 0.3em;
  }
  a.button {
    display: block; text-align: center; background: var(--desk-primary); color: #fff; font-weight: 600; text-decoration: none;
    padding: 0.7em 1em; border-radius: var(--desk-radius);
  }
  a.button:hover { background: var(--desk-primary-strong); }
  @media (max-width: 40em) { .demo { font-size: 0.82em; line-height: 1.3; padding-block: 0.2em; letter-spacing: 0; } main { padding-top: 0.8em; } }
  @media print { .demo, .skip, desk-header, .ended { display: none; } main { padding: 0; } :host { background: #fff; } }
`;
