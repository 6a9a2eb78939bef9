import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashDocument, readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { openStore } from '#engine/store/connection.js';

const text = (words) => ({ el: words, en: words });
const review = (id, next) => ({
  kind: 'review',
  id,
  title: text(id),
  stage: 'interview',
  role: 'desk',
  due: { days: 10, kind: 'working', from: 'entered' },
  overdue: { escalateTo: 'supervisor' },
  citizenText: text('We are looking at it.'),
  outcomes: [{ id: 'pass', title: text('pass'), next }],
});

/** The volunteers' form and rules with the plainest flow that has two actions: check, review, review, end. */
export async function publishTwoReviews({ ownerUrl, municipality }) {
  const folder = fileURLToPath(new URL('../../definitions/programmes/volunteer-registry', import.meta.url));
  const { programme: base, overlays, cases } = await readProgrammeFolder(join(folder));
  const { programme } = applyOverlay(base, overlays.find((overlay) => overlay.municipality === municipality));
  const two = {
    ...programme,
    id: 'two-reviews',
    flow: {
      start: 'check',
      stages: programme.flow.stages,
      steps: [
        { kind: 'check', id: 'check', title: text('check'), stage: 'received', citizenText: text('We check.'), next: { eligible: 'first', ineligible: 'first', undecided: 'first' } },
        review('first', 'second'),
        review('second', 'over'),
        { kind: 'end', id: 'over', title: text('over'), stage: 'closed', citizenText: text('It is over.'), outcome: 'completed' },
      ],
    },
  };
  const hash = hashDocument(two);
  const store = openStore({ databaseUrl: ownerUrl, connectionsMax: 1, log: () => undefined, application: 'bench' });
  await createProgrammeRegister(store).publish({ municipality, hash, programme: two, publishedBy: 'bench' });
  await store.close();
  return { hash, answers: cases.find((one) => one.expect.outcome === 'eligible' && (one.overlay ?? municipality) === municipality).answers };
}
