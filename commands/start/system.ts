import { join } from 'node:path';
import { CommandRefused } from '../command.js';
import { fileDemoCases, seedDemo } from '../demo/seed.js';
import type { DemoOrder } from '../demo/seed.js';
import { startPostgres } from '../servers/postgres-server.js';
import { startTemporalDevServer } from '../servers/temporal-dev-server.js';
import { findTemporalProgram } from '../servers/temporal-server.js';
import type { DataFolder } from './data-folder.js';
import type { Ports } from './ports.js';
import type { Reporter, SignIn, UrlName } from './reporter.js';
import { launchPart, supervise } from './supervisor.js';
import type { Supervised } from './supervisor.js';

export interface SystemOrder {
  readonly folder: DataFolder;
  readonly ports: Ports;
  readonly reporter: Reporter;
  readonly demo: boolean;
  readonly external: External;
}

/** Servers that already run somewhere; the ones of this start are left out. */
export interface External {
  /** Of the database's owner. */
  readonly databaseUrl?: string;
  readonly temporalAddress?: string;
}

export interface StartedSystem {
  readonly urls: Readonly<Partial<Record<UrlName, string>>>;
  readonly signIns: readonly SignIn[];
}

type Environment = Readonly<Record<string, string>>;

const LOGIN_CLIENT_ID = 'diktyo-desk';

/**
 * Every process of one installation. `stop` works at any time, also in the middle of a start: first what serves people,
 * then the servers underneath.
 */
export class System {
  readonly #order: SystemOrder;
  readonly #servers: Supervised[] = [];
  readonly #parts: Supervised[] = [];
  #isStopping = false;

  constructor(order: SystemOrder) {
    this.#order = order;
  }

  async start(): Promise<StartedSystem> {
    const { reporter, ports, demo, external } = this.#order;
    const [ownerUrl, temporalAddress] = await Promise.all([this.#startDatabase(), this.#startTemporal()]);
    await this.#migrate(ownerUrl);
    const order = this.#demoOrder(ownerUrl);
    reporter.step('start.step.publish');
    const { signIns } = await seedDemo(order);
    reporter.step('start.step.parts');
    await this.#startParts({ ownerUrl, temporalAddress });
    if (demo) {
      reporter.step('start.step.seed');
      await fileDemoCases(order);
    }
    const { engineUrl, siteUrl } = order;
    const faces = { site: siteUrl, desk: `${engineUrl}/desk`, api: `${engineUrl}/api/v1`, openapi: `${engineUrl}/api/v1/openapi.json`, outbox: `${engineUrl}/outbox` };
    return { urls: external.temporalAddress === undefined ? { ...faces, temporal: `http://127.0.0.1:${ports.temporalUi}` } : faces, signIns };
  }

  /** Idempotent. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#parts.map((part) => part.stop()));
    await Promise.all(this.#servers.map((server) => server.stop()));
  }

  /** kill -9 for everything: when somebody asks to end a second time. */
  kill(): void {
    for (const one of [...this.#parts, ...this.#servers]) one.kill();
  }

  async #startDatabase(): Promise<string> {
    const { folder, ports, reporter, external } = this.#order;
    if (external.databaseUrl !== undefined) {
      reporter.step('start.step.externalDatabase');
      return external.databaseUrl;
    }
    reporter.step('start.step.postgres', { port: ports.postgres });
    let ownerUrl = '';
    await this.#supervise('postgres', this.#servers, async () => {
      const server = await startPostgres({
        folder: join(folder.path, 'postgres'),
        port: ports.postgres,
        password: folder.secrets.ownerPassword,
        log: (line) => reporter.line('postgres', line),
      });
      ownerUrl = server.ownerUrl();
      return server;
    });
    return ownerUrl;
  }

  async #startTemporal(): Promise<string> {
    const { folder, ports, reporter, external } = this.#order;
    if (external.temporalAddress !== undefined) {
      reporter.step('start.step.externalTemporal');
      return external.temporalAddress;
    }
    reporter.step('start.step.temporal', { port: ports.temporal });
    await findTemporalProgram({ program: 'temporal', log: (line) => reporter.progress(line) });
    await this.#supervise('temporal', this.#servers, () =>
      startTemporalDevServer({
        file: join(folder.path, 'temporal.db'),
        port: ports.temporal,
        uiPort: ports.temporalUi,
        log: (line) => reporter.line('temporal', line),
      }),
    );
    return `127.0.0.1:${ports.temporal}`;
  }

  async #migrate(ownerUrl: string): Promise<void> {
    const { folder, reporter } = this.#order;
    reporter.step('start.step.migrate');
    const { migrate } = await import('#engine/store/migrate.js');
    const { applied } = await migrate({ databaseUrl: ownerUrl, rolePasswords: folder.secrets.rolePasswords, log: (line) => reporter.progress(line) });
    reporter.step('start.step.migrated', { count: applied.length });
  }

  async #startParts({ ownerUrl, temporalAddress }: { ownerUrl: string; temporalAddress: string }): Promise<void> {
    const { ports } = this.#order;
    const shared = this.#sharedEnvironment(temporalAddress);
    const own = { DIKTYO_SITE_PORT: String(ports.site), DIKTYO_IDENTITY_PORT: String(ports.identity) };
    await Promise.all([
      this.#startPart('demo', ['demo-services'], { ...shared, ...own }),
      this.#startPart('api', ['api'], { ...shared, DATABASE_URL: this.#roleUrl(ownerUrl, 'diktyo_api') }),
      this.#startPart('worker', ['worker'], { ...shared, DATABASE_URL: this.#roleUrl(ownerUrl, 'diktyo_worker') }),
      this.#startPart('relay', ['relay'], { ...shared, DATABASE_URL: this.#roleUrl(ownerUrl, 'diktyo_relay') }),
    ]);
  }

  async #startPart(name: string, args: readonly string[], env: Environment): Promise<void> {
    const { reporter } = this.#order;
    await this.#supervise(name, this.#parts, () => launchPart({ name, args, env, reporter }));
  }

  async #supervise(name: string, list: Supervised[], launch: Parameters<typeof supervise>[0]['launch']): Promise<void> {
    if (this.#isStopping) return;
    const { reporter, folder } = this.#order;
    const starting = supervise({ name, launch, reporter, onLaunch: (pid) => folder.remember(name, pid) });
    // Known before it works: an end in the middle of a start waits for it and ends it too.
    list.push({
      stop: () => starting.then((one) => one.stop()).catch(() => undefined),
      kill: () => void starting.then((one) => one.kill()).catch(() => undefined),
    });
    try {
      await starting;
    } catch (error) {
      throw new CommandRefused('start.serverFailed', { name, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  #roleUrl(ownerUrl: string, role: keyof DataFolder['secrets']['rolePasswords']): string {
    const url = new URL(ownerUrl);
    url.username = role;
    url.password = this.#order.folder.secrets.rolePasswords[role];
    return url.href;
  }

  #demoOrder(ownerUrl: string): DemoOrder {
    const { folder, ports, reporter } = this.#order;
    return {
      ownerUrl,
      apiUrl: this.#roleUrl(ownerUrl, 'diktyo_api'),
      engineUrl: localUrl(ports.engine),
      siteUrl: localUrl(ports.site),
      issuer: localUrl(ports.identity),
      codeKey: folder.secrets.codeKey,
      log: (line) => reporter.progress(line),
    };
  }

  #sharedEnvironment(temporalAddress: string): Environment {
    const { folder, ports } = this.#order;
    return {
      DIKTYO_MODE: 'development',
      DIKTYO_PUBLIC_URL: localUrl(ports.engine),
      DIKTYO_HOST: '127.0.0.1',
      DIKTYO_PORT: String(ports.engine),
      DIKTYO_CODE_KEY: folder.secrets.codeKey,
      DIKTYO_LOGIN_ISSUER: localUrl(ports.identity),
      DIKTYO_LOGIN_CLIENT_ID: LOGIN_CLIENT_ID,
      DIKTYO_LOGIN_CLIENT_SECRET: folder.secrets.loginClientSecret,
      TEMPORAL_ADDRESS: temporalAddress,
    };
  }
}

function localUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}
