import type { SignIn } from './reporter.js';

export interface DemoOrder {
  readonly ownerUrl: string;
  readonly apiUrl: string;
  readonly engineUrl: string;
  readonly siteUrl: string;
  readonly issuer: string;
  readonly codeKey: string;
  readonly log: (line: string) => void;
}

/** Programmes, people and cases to look at; a second call finds them there and changes nothing. */
export async function seedDemoData(order: DemoOrder): Promise<{ readonly signIns: readonly SignIn[] }> {
  const { seedDemo } = await import('#commands/demo/seed.js');
  return seedDemo(order);
}
