import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

const katexAlone = {
  name: 'katex',
  message: 'Typeset through renderer/components/formula.tsx, which has a budget.',
}

const restricted = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only: one search finds every use.' },
  {
    selector: "CallExpression[callee.object.name='vi'][callee.property.name=/^(doMock|mock)$/]",
    message: 'Test files share their modules: whether the replacement comes in time depends on their order.',
  },
]
const noReExport = {
  selector: 'ExportAllDeclaration, ExportNamedDeclaration[specifiers.length>0]',
  message: 'Things are exported where they are declared, and imported from there.',
}

/** Who may import whom, in a folder and its test kit: the other folders are out of reach of a relative path. */
const layer = (folder, forbidden) => ({
  files: [`{,testing/}${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: forbidden.map((name) => ({
          regex: `^(\\.\\./)+(testing/)?${name}/`,
          message: `${folder}/ may not import ${name}/ (see docs/architecture.md).`,
        })),
      },
    ],
  },
})

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'dist-electron/',
      'release/',
      'test-results/',
      'playwright-report/',
      '**/node_modules/',
      'training/data/',
      'training/runs/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-syntax': ['error', ...restricted],
    },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: { globals: { ...globals.node, Electron: 'readonly' } },
  },
  {
    files: ['training/**/*.ts'],
    // Alphabets written as one string are the plainest form of a list of letters; all are ASCII.
    rules: { '@typescript-eslint/no-misused-spread': 'off' },
  },
  {
    files: ['e2e/**/*.ts'],
    // Playwright reads a fixture's needs from its first parameter, even when it needs none.
    rules: { 'no-empty-pattern': 'off' },
  },
  { files: ['{,testing/}renderer/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  {
    // The product. What is typeset has a budget (shared/latex/typesetting-budget.ts), and two files keep to it.
    files: ['{shared,node,renderer,engine,electron}/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: {
      complexity: ['error', 25],
      '@typescript-eslint/max-params': ['error', { max: 4 }],
      'no-restricted-syntax': ['error', ...restricted, noReExport],
      '@typescript-eslint/no-restricted-imports': ['error', { paths: [katexAlone] }],
    },
  },
  {
    files: ['renderer/components/math-error.ts', 'engine/formats/katex-check.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  layer('shared', ['electron', 'engine', 'node', 'renderer', 'e2e', 'training']),
  layer('node', ['electron', 'engine', 'renderer', 'e2e', 'training']),
  layer('engine', ['electron', 'renderer', 'e2e', 'training']),
  layer('electron', ['engine', 'renderer', 'e2e', 'training']),
  layer('renderer', ['electron', 'engine', 'node', 'e2e', 'training']),
  layer('e2e', ['electron', 'engine', 'renderer', 'training']),
  {
    files: ['electron/**/*.ts'],
    ignores: ['electron/desktop/register.ts', 'electron/preload.ts'],
    rules: {
      'no-restricted-properties': ['error', { object: 'electron', property: 'ipcMain' }],
    },
  },
)
