import './elements/desk-shell.js';
import { css } from 'lit';
import { deskState } from './desk-state.js';

// A constructed sheet, because the page's policy allows neither inline styles nor a style element.
const page = css`
  html { background: #f3f6f8; -webkit-text-size-adjust: 100%; }
  body { margin: 0; }
  @media print { html { background: #fff; } }
`;
if (page.styleSheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, page.styleSheet];
document.documentElement.lang = deskState.language;
