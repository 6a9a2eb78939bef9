import tseslint from 'typescript-eslint';

const PURE = ['definitions/language/**', 'definitions/check/**', 'forms/**', 'engine/contract/**', 'engine/decide/**'];

/** The rules of the house: see README.md, "The house". Arrows and circles are proved by tests/house. */
export default tseslint.config(
  { ignores: ['dist/**', '.tsc/**', '.diktyo/**', '.cache/**', 'node_modules/**', 'definitions/types/**', 'tests/house/specimens/**', 'test-output/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'off' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use an `as const` object.' },
        { selector: 'ExportDefaultDeclaration', message: 'Use named exports.' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-imports': ['error', { patterns: [{ group: ['../../*'], message: 'Use the # paths.' }] }],
    },
  },
  {
    files: PURE,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Pure room: time is data.' },
        { object: 'Math', property: 'random', message: 'Pure room: entropy is data.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Pure room: time is data.' },
        { selector: 'TSEnumDeclaration', message: 'Use an `as const` object.' },
        { selector: 'ExportDefaultDeclaration', message: 'Use named exports.' },
      ],
    },
  },
  {
    files: ['engine/**/*.ts'],
    ignores: ['engine/store/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'postgres', message: 'Only engine/store speaks to the database.' }], patterns: [{ group: ['../../*'], message: 'Use the # paths.' }] },
      ],
    },
  },
  {
    files: ['workflows/**/*.ts'],
    ignores: ['workflows/worker/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: '@temporalio/client' }, { name: '@temporalio/worker' }, { name: '@temporalio/activity' }], patterns: [{ group: ['../../*'], message: 'Use the # paths.' }] },
      ],
    },
  },
  { files: ['tests/**/*.ts', '*.config.ts'], rules: { 'max-lines-per-function': 'off', 'max-params': 'off', 'no-restricted-syntax': 'off', 'no-restricted-imports': ['error', { paths: [{ name: 'fast-check', message: 'fc comes from #tests/support/properties.js: the same examples every time, other ones in test:long.' }] }] } },
  { files: ['tests/support/properties.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['*.config.ts'], extends: [tseslint.configs.disableTypeChecked] },
);
