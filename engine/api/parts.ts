import type { Writable } from 'node:stream';
import type { CaughtMessages } from '#definitions/types/wire.js';
import type { CaseEventKind } from '#engine/contract/case.js';
import type { Access, Cases, ProgrammeRegister, Register, Tracking } from '#engine/contract/rooms.js';
import type { WatchRecord } from '#engine/contract/watch.js';
import type { Settings } from '#engine/contract/settings.js';
import type { StaffLogin } from '#engine/access/login.js';
import type { Scanner } from './documents/scanner.js';

export interface ActionToSend {
  readonly municipality: string;
  readonly caseId: string;
  readonly eventId: string;
  readonly kind: CaseEventKind;
  readonly deadlineMs: number;
}

/** What the door stands on. Everything is handed in: the door itself opens no connection. */
export interface ApiParts {
  readonly settings: Settings;
  readonly programmes: ProgrammeRegister;
  readonly register: Register;
  readonly cases: Cases;
  readonly tracking: Tracking;
  readonly access: Access;
  readonly login: StaffLogin;
  readonly scanner: Scanner;
  /** Hands a recorded action to its case; `false` or an error when it could not be delivered in time. It stays recorded. */
  readonly sendAction: (action: ActionToSend) => Promise<unknown>;
  /** Whether each part that this process needs works now. */
  readonly checkParts: () => Promise<Readonly<Record<string, boolean>>>;
  /** What the relays have found of kernels that were lost or had missed something; for the metrics. */
  readonly describeWatch: WatchRecord['describe'];
  /** Development only: what was caught instead of sent. */
  readonly caughtMessages?: () => Promise<CaughtMessages>;
  /** Folder of the built widgets. */
  readonly assetsFolder: string;
  /** Where the log goes; standard output unless said. */
  readonly logStream?: Writable;
  /** Tests: every reply is checked against its schema, and a reply that does not fit is a fault. */
  readonly checkReplies?: boolean;
}
