import type { Programme } from '#definitions/types/programme.js';
import type { Localised, ProgrammeView } from '#definitions/types/wire.js';

/** A programme as the engine sent it, ready to be read by people. */
export interface OpenedProgramme {
  readonly programme: Programme;
  readonly hash: string;
  readonly municipalityName: Localised;
}

export function openProgramme({ programme, hash, municipalityName }: ProgrammeView): OpenedProgramme {
  return { programme: withMunicipality(programme, municipalityName) as unknown as Programme, hash, municipalityName };
}

/** The texts of a programme name the municipality as `{municipality}`, in each language by its own name. */
function withMunicipality(value: unknown, name: Localised): unknown {
  if (Array.isArray(value)) return value.map((one) => withMunicipality(one, name));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    const named = typeof inner === 'string' ? inner.replaceAll('{municipality}', name[key] ?? name.en) : withMunicipality(inner, name);
    return [key, named] as const;
  });
  return Object.fromEntries(entries);
}
