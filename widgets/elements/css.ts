/** The text of a style sheet. The build takes its spaces out. */
export function css([text = '']: TemplateStringsArray): string {
  return text;
}
