/** What a process writes about its work. Fields are codes and ids, never anything personal. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, fields?: Readonly<Record<string, string | number>>) => void;
