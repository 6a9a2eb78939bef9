/** Which room may import which: the plan of the house, from top-level folder and second-level room. */

/** Rooms of the engine that stand side by side: what needs two of them is an activity or a route. */
export const NOUNS = ['register', 'cases', 'access', 'audit', 'ledger', 'calendar', 'tasks', 'network', 'observatory'].map((noun) => `engine/${noun}`);

const LANGUAGE = ['definitions/types', 'definitions/language'] as const;
const DEFINITIONS = [...LANGUAGE, 'definitions/check', 'definitions/folder'] as const;
const FORMS = ['forms/findings', 'forms/fields', 'forms/pages', 'forms/answers'] as const;
const PURE_ENGINE = ['engine/contract', 'engine/decide'] as const;
const WIDGET_GROUND = ['widgets/elements', 'widgets/fields', 'widgets/client', 'widgets/texts'] as const;

/** Whatever a row does not name is refused. A room may always import itself. */
export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'definitions/types': [],
  'definitions/language': ['definitions/types'],
  'definitions/check': [...LANGUAGE],
  'definitions/folder': [...LANGUAGE, 'definitions/check'],
  'forms/findings': [...LANGUAGE],
  'forms/fields': [...LANGUAGE, 'forms/findings'],
  'forms/pages': [...LANGUAGE, 'forms/findings', 'forms/fields'],
  'forms/answers': [...LANGUAGE, 'forms/findings', 'forms/fields', 'forms/pages'],
  'engine/contract': [...LANGUAGE, ...FORMS],
  'engine/decide': [...LANGUAGE, ...FORMS, 'engine/contract'],
  'engine/settings': ['engine/contract'],
  'engine/store': ['engine/contract', 'engine/settings'],
  ...Object.fromEntries(NOUNS.map((noun) => [noun, [...DEFINITIONS, ...FORMS, ...PURE_ENGINE, 'engine/settings', 'engine/store']])),
  'engine/connect': [...LANGUAGE, 'engine/contract', 'engine/settings'],
  'engine/activities': [...DEFINITIONS, ...FORMS, ...PURE_ENGINE, ...NOUNS, 'engine/connect', 'engine/settings'],
  'engine/relay': [...LANGUAGE, 'engine/contract', 'engine/settings', 'engine/store', 'engine/activities', 'engine/connect', ...NOUNS],
  'engine/api': [...DEFINITIONS, ...FORMS, ...PURE_ENGINE, ...NOUNS, 'engine/settings', 'engine/relay', 'engine/store'],
  'workflows/worker': [...DEFINITIONS, ...FORMS, ...PURE_ENGINE, ...NOUNS, 'engine/activities', 'engine/connect', 'engine/settings', 'engine/store', 'workflows'],
  workflows: [...LANGUAGE, ...FORMS, ...PURE_ENGINE],
  widgets: [...LANGUAGE, ...FORMS],
  ...Object.fromEntries(WIDGET_GROUND.map((room) => [room, [...LANGUAGE, ...FORMS, ...WIDGET_GROUND]])),
  'widgets/embed': [...WIDGET_GROUND],
  'widgets/desk': [...LANGUAGE, ...FORMS, ...WIDGET_GROUND],
  'widgets/studio': [...DEFINITIONS, ...FORMS, ...WIDGET_GROUND],
  commands: [...DEFINITIONS, ...FORMS, ...PURE_ENGINE, ...NOUNS, 'engine/connect', 'engine/activities', 'engine/relay', 'engine/api', 'engine/settings', 'engine/store', 'workflows', 'workflows/worker'],
};

/** Packages a room may use; a room that is not named here may use any. An empty row: none, and no module of Node either. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'definitions/types': [],
  'definitions/language': [],
  'definitions/check': ['ajv'],
  'definitions/folder': ['node:'],
  'forms/findings': [],
  'forms/fields': [],
  'forms/pages': [],
  'forms/answers': [],
  'engine/contract': ['@temporalio/workflow'],
  'engine/decide': [],
  workflows: ['@temporalio/workflow', '@temporalio/common'],
};

/** Where a package is at home, and nowhere else in the house. */
export const HOMES: Readonly<Record<string, readonly string[]>> = {
  postgres: ['engine/store'],
  fastify: ['engine/api'],
  lit: ['widgets'],
  '@temporalio/worker': ['workflows/worker'],
  '@temporalio/activity': ['workflows/worker', 'engine/activities'],
  nodemailer: ['engine/connect'],
  'openid-client': ['engine/connect', 'engine/access'],
  'oidc-provider': ['engine/connect'],
};

/** The room a file lives in: the longest row of the plan that holds it. */
export function roomOf(path: string): string | undefined {
  const [floor = '', second = ''] = path.split('/');
  const room = `${floor}/${second}`;
  if (room in ARROWS) return room;
  // A public widget is a room of its own that stands on the ground rooms; the rest of a floor is one room.
  if (floor === 'widgets' && path.split('/').length > 2) return room;
  return floor in ARROWS ? floor : undefined;
}

export function allowedFrom(room: string): readonly string[] {
  return ARROWS[room] ?? (room.startsWith('widgets/') ? [...LANGUAGE, ...FORMS, ...WIDGET_GROUND] : []);
}
