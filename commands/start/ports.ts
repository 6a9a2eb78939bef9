import { setTimeout as delay } from 'node:timers/promises';
import { CommandRefused, UsageRefused } from '../command.js';
import { isPortFree, portHolder } from '../servers/ports.js';
import { textOf } from '../texts.js';
import type { Language } from '../texts.js';

/** Offsets from --port-base. */
const OFFSETS = { engine: 0, site: 1, identity: 2, temporal: 3, temporalUi: 4, postgres: 5 } as const;

export type PortName = keyof typeof OFFSETS;
export type Ports = Readonly<Record<PortName, number>>;

const PORT_NAMES = Object.keys(OFFSETS) as readonly PortName[];
const PORT_BASE_MIN = 1024;
const PORT_BASE_MAX = 65_535 - 5;
const SUGGESTED_STEP = 10;

export function portsFrom(base: string): Ports {
  const number = Number(base);
  if (!/^\d+$/.test(base) || number < PORT_BASE_MIN || number > PORT_BASE_MAX) {
    throw new UsageRefused('start.portBaseInvalid', { found: base, max: PORT_BASE_MAX });
  }
  return Object.fromEntries(PORT_NAMES.map((name) => [name, number + OFFSETS[name]])) as Ports;
}

/** Refuses with the port, what it is for and who holds it. Just after an earlier start was ended its ports may take a moment. */
export async function requirePorts({ ports, needed, waitMs }: { readonly ports: Ports; readonly needed: readonly PortName[]; readonly waitMs: number }): Promise<void> {
  const until = Date.now() + waitMs;
  for (const name of needed) {
    while (!(await isPortFree(ports[name]))) {
      if (Date.now() < until) {
        await delay(100);
        continue;
      }
      throw busy(name, ports);
    }
  }
}

export function portPurpose(name: PortName, language: Language): string {
  return textOf(language, `port.${name}`);
}

export function portNames(): readonly PortName[] {
  return PORT_NAMES;
}

function busy(name: PortName, ports: Ports): CommandRefused {
  const other = ports.engine + SUGGESTED_STEP <= PORT_BASE_MAX ? ports.engine + SUGGESTED_STEP : ports.engine - SUGGESTED_STEP;
  const holder = portHolder(ports[name]);
  const params = (language: Language): Readonly<Record<string, string | number>> => ({
    port: ports[name],
    other,
    purpose: portPurpose(name, language),
    holder: holder ?? textOf(language, 'port.unknownHolder'),
  });
  return new CommandRefused('start.portBusy', { el: params('el'), en: params('en') });
}
