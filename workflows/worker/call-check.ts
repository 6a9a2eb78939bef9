import type { ProgrammeRegister } from '#engine/contract/rooms.js';

/** Calls that published programmes name and nobody has given: a case would stop there, so the worker does not start. */
export async function findMissingCalls(programmes: ProgrammeRegister, names: readonly string[]): Promise<readonly { readonly municipality: string; readonly programmeId: string; readonly activity: string }[]> {
  const missing: { municipality: string; programmeId: string; activity: string }[] = [];
  for (const { code: municipality } of await programmes.listMunicipalities()) {
    for (const { hash, programmeId } of await programmes.listCurrent(municipality)) {
      const published = await programmes.readVersion({ municipality, hash });
      for (const step of published?.programme.flow.steps ?? []) {
        if (step.kind === 'call' && !names.includes(step.activity)) missing.push({ municipality, programmeId, activity: step.activity });
      }
    }
  }
  return missing;
}
