import { z } from 'zod';

/** Ce qu'un jeton a de caractères au moins : en deçà, il se devine. */
export const JETON_MIN = 20;

/** `NODE_ENV`, le même dans toutes les préoccupations qui en dépendent. */
export const nodeEnv = z
  .string()
  .default('development')
  .describe('production refuse ce qui ne vaut que pour essayer.');

export const isProduction = (env: { readonly NODE_ENV: string }): boolean => env.NODE_ENV === 'production';
