/** A sentence of texts/ with what stands in it. */
export interface Words {
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** What the database says of its settings and of a role (`diktyo.examine_safety`), each with its own sentence. */
const FOUND: readonly { readonly says: RegExp; readonly key: string }[] = [
  { says: /^(?<name>\w+) is off$/, key: 'found.settingOff' },
  { says: /^the role is superuser$/, key: 'found.superuser' },
  { says: /^the role has (?<name>\w+)$/, key: 'found.attribute' },
  { says: /^the role is, or may become, the owner of the tables$/, key: 'found.owner' },
  { says: /^the role is a member of (?<name>\w+)$/, key: 'found.member' },
  { says: /^the role may create objects$/, key: 'found.mayCreate' },
  { says: /^no forced row-level security on (?<name>\w+)$/, key: 'found.rowSecurity' },
];

/** What no sentence is known for stands as the database says it. */
export function wordsOfFound(found: string): Words {
  for (const { says, key } of FOUND) {
    const match = says.exec(found);
    if (match) return { key, params: { name: match.groups?.['name'] ?? '' } };
  }
  return { key: 'found.other', params: { name: found } };
}
