/** The version of the schemas in which this product reads and writes definitions. */
export const SCHEMA_VERSION = '1';

type Document = Readonly<Record<string, unknown>>;

/** One step from a released version of the schemas to the next. Pure; keeps the meaning, or the step is not one. */
export interface Upgrade {
  readonly from: string;
  readonly to: string;
  readonly programme: (document: Document) => Document;
  readonly overlay: (document: Document) => Document;
  readonly programmeCase: (document: Document) => Document;
}

/**
 * Every step since the first release, oldest first; never changed once released. One more version of the schemas is one
 * more step here, the constant above, and an export of the old version that stays in `tests/definitions/exports`.
 */
export const UPGRADES: readonly Upgrade[] = [];

export interface Versioned {
  readonly programme: unknown;
  readonly overlays: readonly unknown[];
  readonly cases: readonly unknown[];
}

/**
 * A programme with its overlays and cases, as the newest version would write them. A version that nobody knows stays as it
 * is, for the check to name.
 */
export function upgradeDocuments(given: Versioned, upgrades: readonly Upgrade[] = UPGRADES): Versioned {
  const first = versionOf(given.programme);
  const start = upgrades.findIndex(({ from }) => from === first);
  if (start < 0) return given;
  return upgrades.slice(start).reduce<Versioned>(
    ({ programme, overlays, cases }, step) => ({
      programme: { ...step.programme(programme as Document), schemaVersion: step.to },
      overlays: overlays.map((overlay) => (isDocument(overlay) && overlay['schemaVersion'] === step.from ? { ...step.overlay(overlay), schemaVersion: step.to } : overlay)),
      cases: cases.map((example) => (isDocument(example) ? step.programmeCase(example) : example)),
    }),
    given,
  );
}

function versionOf(document: unknown): unknown {
  return isDocument(document) ? document['schemaVersion'] : undefined;
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
