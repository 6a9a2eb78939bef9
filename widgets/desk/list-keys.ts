/** Rows that can be walked with the keyboard carry this attribute on the link that opens them. */
const ROW = 'a[data-row]';

/** Moves the focus to the next or previous row; the first or last one when none has it yet. */
export function walkRows(root: ShadowRoot | null, step: 1 | -1): void {
  const rows = [...(root?.querySelectorAll<HTMLAnchorElement>(ROW) ?? [])];
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row === root?.activeElement);
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next]?.focus();
}

/** Arrow keys inside a list do what j and k do anywhere on the page. */
export function walkWithArrows(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLAnchorElement) || !target.matches(ROW)) return;
  const root = target.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  event.preventDefault();
  walkRows(root, event.key === 'ArrowDown' ? 1 : -1);
}
