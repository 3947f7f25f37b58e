import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Instant } from '@teletransmission/kernel';
import type { ChainedAuditEntry } from './canonical-text';
import { AUDIT_CHAIN_ORIGIN, auditCanonicalText } from './canonical-text';

const entry: ChainedAuditEntry = {
  chaine: 'plateforme',
  rang: 1,
  instant: '2022-11-02T09:00:00.000Z' as Instant,
  sujet: 'retour',
  sujetId: 'r1',
  deliberationId: null,
  evenement: 'retour-received',
  etatAvant: null,
  etatApres: 'received',
  acteurGenre: 'prefecture',
  acteurId: null,
  acteurNom: null,
  motif: 'l’été\n« 12 € » "fin" \\ 🏛',
  preuve: '{"nom":"a\\"b"}',
  empreintePrecedente: AUDIT_CHAIN_ORIGIN,
  empreinte: 'sans effet',
};

describe('le texte canonique d’une ligne d’audit', () => {
  it('est un tableau JSON de ses champs, dans un ordre fixe', () => {
    expect(auditCanonicalText(entry)).toBe(
      `["plateforme", "1", "2022-11-02T09:00:00.000Z", "retour", "r1", null, "retour-received", null, "received", "prefecture", null, null, ` +
        `"l’été\\n« 12 € » \\"fin\\" \\\\ 🏛", "{\\"nom\\":\\"a\\\\\\"b\\"}", "${'0'.repeat(64)}"]`,
    );
  });

  it.each(Object.keys(entry).filter((field) => field !== 'empreinte'))('change avec « %s »', (field) => {
    const changed = { ...entry, [field]: field === 'rang' ? 2 : 'autre' };
    expect(auditCanonicalText(changed)).not.toBe(auditCanonicalText(entry));
  });

  it('ne confond pas un champ absent et un champ vide, ni deux champs voisins recollés', () => {
    expect(auditCanonicalText({ ...entry, motif: null })).not.toBe(
      auditCanonicalText({ ...entry, motif: '' }),
    );
    expect(auditCanonicalText({ ...entry, sujet: 'a', sujetId: 'bc' })).not.toBe(
      auditCanonicalText({ ...entry, sujet: 'ab', sujetId: 'c' }),
    );
  });

  it('est celui de l’exemple publié, et l’exemple donne son empreinte', () => {
    const guide = path.join(__dirname, '..', '..', '..', '..', 'docs', 'journal-audit.md');
    const readme = readFileSync(guide, 'utf8');
    const [, text = '', empreinte] = /```text\n(\[.*\])\nSHA-256 : ([0-9a-f]{64})\n```/.exec(readme) ?? [];
    const example: ChainedAuditEntry = {
      ...entry,
      instant: '2026-11-24T08:00:00.000Z' as Instant,
      sujet: 'compte',
      sujetId: '0193a000-0000-7000-8000-000000000001',
      evenement: 'compte-opened',
      etatApres: null,
      acteurGenre: 'console',
      motif: null,
      preuve: '{"role":"auditeur","portee":"plateforme"}',
    };
    expect(auditCanonicalText(example)).toBe(text);
    expect(createHash('sha256').update(text, 'utf8').digest('hex')).toBe(empreinte);
  });
});
