import { setTimeout as delay } from 'node:timers/promises';
import type { Role } from '#definitions/types/programme.js';
import type { CaseFileView, DocumentView, ReceiptView } from '#definitions/types/wire.js';
import type { CaseState } from '#engine/contract/case.js';
import { makeDemoPaper } from './demo-paper.js';
import type { EngineClient, StaffCredentials } from './engine-client.js';
import { keyOf } from './plan.js';
import type { DemoAction, DemoFiling } from './plan.js';

export interface Player {
  readonly client: EngineClient;
  readonly staffOf: (municipality: string, role: Role) => StaffCredentials;
  /** Hash of the current version. */
  readonly hashOf: (municipality: string, programme: string) => string;
}

/** How long a case may take to come where the next action belongs. */
const ARRIVAL_MS = 180_000;
const LOOK_MS = 150;
const NEEDED: readonly string[] = ['missing', 'asked', 'refused'];

interface Play {
  readonly player: Player;
  readonly filing: DemoFiling;
  readonly caseId: string;
}

/** Files one application through the public API and lets demo staff act on it. Repeating it changes nothing. */
export async function playFiling(player: Player, filing: DemoFiling): Promise<ReceiptView> {
  const receipt = await fileOne(player, filing);
  for (const action of filing.actions) await act({ player, filing, caseId: receipt.applicationId }, action);
  return receipt;
}

function fileOne(player: Player, filing: DemoFiling): Promise<ReceiptView> {
  const { municipality, programme, answers, key } = filing;
  const body = { programme, hash: player.hashOf(municipality, programme), answers, documentIds: [], language: 'el' };
  if (filing.filedBy === 'citizen') return player.client.send({ method: 'POST', path: `/municipalities/${municipality}/applications`, body, key });
  return player.client.send({ method: 'POST', path: `/staff/${municipality}/applications`, body: { ...body, documentsMissing: [] }, key, staff: player.staffOf(municipality, 'desk') });
}

async function act(play: Play, action: DemoAction): Promise<void> {
  if ('bring' in action) return bringPapers(play, action);
  const stepId = action.do['stepId'];
  const file = await look(play, (state) => stepId === undefined || state.currentStep === stepId || state.status === 'closed', action);
  if (file.history.some((entry) => entry.eventId === action.key)) return;
  await sendAction(play, { as: action.as, key: action.key, body: action.do });
}

/** Waits until the citizen is asked for papers, then brings them: each a real file, announced, sent and recorded. */
async function bringPapers(play: Play, action: DemoAction & { readonly bring: 'all' | number }): Promise<void> {
  const file = await look(play, (state) => state.status === 'closed' || neededKinds(state).length > 0 || Object.keys(state.documents).length > 0, action);
  const needed = neededKinds(stateOf(file));
  for (const kind of action.bring === 'all' ? needed : needed.slice(0, action.bring)) {
    const key = keyOf(`${action.key} ${kind}`);
    if (file.history.some((entry) => entry.eventId === key)) continue;
    const documentId = await upload(play, { kind, key: keyOf(`${key} file`), as: action.as });
    await sendAction(play, { as: action.as, key, body: { kind: 'documentProvided', documentKind: kind, documentIds: [documentId] } });
  }
}

async function upload({ player, filing, caseId }: Play, { kind, key, as }: { readonly kind: string; readonly key: string; readonly as: Role }): Promise<string> {
  const content = makeDemoPaper(kind);
  const path = `/staff/${filing.municipality}/cases/${caseId}/documents`;
  const staff = player.staffOf(filing.municipality, as);
  const body = { kind, name: `${kind}.pdf`, mediaType: 'application/pdf', sizeBytes: content.byteLength };
  const announced = await player.client.send<DocumentView>({ method: 'POST', path, body, key, staff });
  if (announced.state === 'expected') await player.client.send({ method: 'PUT', path: `${path}/${announced.documentId}`, bytes: { content, mediaType: body.mediaType }, key: keyOf(`${key} bytes`), staff });
  return announced.documentId;
}

async function sendAction({ player, filing, caseId }: Play, { as, key, body }: { readonly as: Role; readonly key: string; readonly body: unknown }): Promise<void> {
  const path = `/staff/${filing.municipality}/cases/${caseId}/actions`;
  await player.client.send({ method: 'POST', path, body, key, staff: player.staffOf(filing.municipality, as) });
}

/** The case, once it is where it should be. @throws when it does not come there */
async function look({ player, filing, caseId }: Play, isThere: (state: CaseState) => boolean, action: DemoAction): Promise<CaseFileView> {
  const until = Date.now() + ARRIVAL_MS;
  for (;;) {
    const file = await player.client.send<CaseFileView>({ method: 'GET', path: `/staff/${filing.municipality}/cases/${caseId}`, staff: player.staffOf(filing.municipality, action.as) });
    const hasStarted = typeof file.state['currentStep'] === 'string';
    if (file.history.some((entry) => entry.eventId === action.key) || (hasStarted && isThere(stateOf(file)))) return file;
    if (Date.now() > until) throw new Error(`the demo case ${file.summary.protocolNumber} (${filing.story}) stays at ${String(file.state['currentStep'])}`);
    await delay(LOOK_MS);
  }
}

function stateOf(file: CaseFileView): CaseState {
  return file.state as unknown as CaseState;
}

function neededKinds(state: CaseState): readonly string[] {
  return Object.entries(state.documents).flatMap(([kind, { status }]) => (NEEDED.includes(status) ? [kind] : []));
}
