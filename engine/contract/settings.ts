/** What a process is told from outside. Parsed from the environment by engine/settings; every refusal names its variable. */
export interface Settings {
  /** In production the development identity provider, demo data and default keys are refused. */
  readonly mode: 'development' | 'production';
  /** Origin of the engine as browsers see it, without a trailing slash: `https://engine.example.gr`. */
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  /** PostgreSQL, with the role of this very process (`diktyo_api`, `diktyo_worker`, `diktyo_relay`); the owner only for `migrate`. */
  readonly databaseUrl: string;
  readonly databaseConnectionsMax: number;
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly apiKey?: string;
    readonly tls: boolean;
  };
  /** Keys the hashes of tracking and resume codes and of sessions (at least 32 bytes, base64). */
  readonly codeKey: Uint8Array;
  readonly login: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret?: string;
    /** Only in development: allow a plain-http issuer on loopback. */
    readonly insecure: boolean;
  };
  readonly messages: { readonly kind: 'catcher' } | { readonly kind: 'smtp'; readonly url: string; readonly from: string };
  /** Peers whose X-Forwarded-For is believed; empty: none. */
  readonly trustedProxies: readonly string[];
  /** A clamd that scans uploads besides the engine's own check of their structure; none: that check alone. */
  readonly clamd?: { readonly host: string; readonly port: number };
  /** Requests a minute from one address and from one staff session; the door has its own default. */
  readonly requestsPerMinute?: { readonly address: number; readonly staff: number };
  /** Whoever asks for `/metrics` must bear it; in production there are no metrics without it. */
  readonly metricsToken?: string;
  /** How many cases the relay looks at in a minute, for kernels that got lost one by one; it has its own default. */
  readonly watch?: { readonly casesPerMinute: number };
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** What each long-running part offers to the process that starts it. */
export interface Running {
  /** Where it answers, when it does. */
  readonly url?: string;
  /** Stops taking work, finishes what is in hand, closes connections. Idempotent. */
  close(): Promise<void>;
}
