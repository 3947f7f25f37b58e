import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { CONCERNS } from './concerns';
import { InvalidSettings, loadSettings } from './settings';

const GOOD = {
  DATABASE_URL: 'postgres://app@localhost/teletransmission',
  REDIS_URL: 'redis://localhost:6379',
  STOCKAGE_DOSSIER: '/var/lib/teletransmission',
  PREFECTURE_URL: 'https://prefecture.example.org',
};

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadSettings(env);
    return [];
  } catch (error) {
    if (error instanceof InvalidSettings) return error.faults;
    throw error;
  }
}

describe('les réglages', () => {
  it('se lisent une fois, avec leurs valeurs par défaut', () => {
    const settings = loadSettings(GOOD);
    expect(settings.api).toEqual({ hote: '127.0.0.1', port: 3000 });
    expect(settings.operateur.quadrigramme).toBe('TACT');
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('disent toutes leurs fautes ensemble, sans jamais montrer une valeur', () => {
    const faults = faultsOf({
      ...GOOD,
      DATABASE_URL: 'mysql://secret@h',
      API_PORT: 'huit',
      OPERATEUR_TRIGRAMME: 'abcd',
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'DATABASE_URL',
      'OPERATEUR_TRIGRAMME',
      'API_PORT',
    ]);
    expect(faults.join()).not.toContain('secret');
  });

  it('refusent une adresse de retour que l’enveloppe n’admet pas : elle arrêterait tout envoi', () => {
    for (const adresse of ['actes+pref@commune.fr', 'retour@commune.consulting', 'commune.fr']) {
      expect(faultsOf({ ...GOOD, OPERATEUR_ADRESSE_RETOUR: adresse })).toEqual([
        expect.stringMatching(/^OPERATEUR_ADRESSE_RETOUR : doit être une adresse que la norme ACTES admet/),
      ]);
    }
  });

  it('exigent un Redis quand les files y sont', () => {
    const { REDIS_URL, ...withoutRedis } = GOOD;
    expect(REDIS_URL).toBeDefined();
    expect(faultsOf(withoutRedis)).toEqual(['REDIS_URL : manque (QUEUE_BACKEND vaut redis)']);
    expect(faultsOf({ ...withoutRedis, QUEUE_BACKEND: 'postgres' })).toEqual([]);
  });

  it('refusent en production les files sur PostgreSQL', () => {
    expect(faultsOf({ ...GOOD, QUEUE_BACKEND: 'postgres', NODE_ENV: 'production' })).toEqual([
      'QUEUE_BACKEND : postgres est refusé en production : donnez un Redis',
    ]);
  });

  it('ne demandent à une application que ses préoccupations', () => {
    expect(loadSettings({}, ['api', 'journal'])).toEqual({
      api: { hote: '127.0.0.1', port: 3000 },
      journal: { niveau: 'info' },
    });
  });

  it('tiennent une variable vide pour absente', () => {
    expect(loadSettings({ ...GOOD, API_PORT: '' }).api.port).toBe(3000);
  });

  it('sont tous dans .env.example, avec le même sens en une ligne', () => {
    const example = readFileSync(path.join(__dirname, '..', '.env.example'), 'utf8');
    for (const concern of Object.values(CONCERNS)) {
      const { shape } = concern.in as z.ZodObject;
      for (const [key, schema] of Object.entries(shape)) {
        const { description } = schema as z.ZodType;
        expect(example).toContain(`# ${description ?? 'sans description'}\n`);
        expect(example).toMatch(new RegExp(`^#? ?${key}=`, 'm'));
      }
    }
  });
});
