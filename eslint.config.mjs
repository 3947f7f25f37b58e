import tseslint from 'typescript-eslint';

const pure = ['libs/kernel/src/**/*.ts', 'libs/actes/src/**/*.ts', 'libs/teletransmission/src/**/*.ts'];

export default tseslint.config(
  { ignores: ['node_modules', 'dist', '.donnees', '**/*.cjs', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // Les modules de Nest sont des classes vides par construction.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-console': 'error',
      'no-else-return': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: pure,
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'fetch'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "L'horloge est un port.",
        },
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: "L'horloge est un port.",
        },
      ],
    },
  },
);
