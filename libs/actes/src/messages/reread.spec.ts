import { Buffer } from 'node:buffer';
import { ok, refuse } from '@teletransmission/kernel';
import type { Result, Violation } from '@teletransmission/kernel';
import {
  referenceActe,
  referenceDepot,
  referenceEnveloppe,
} from '../../../../test/golden/actes/reference-acte';
import { buildDepotActe } from '../depot/build-depot-acte';
import { buildDepotMessage } from '../depot/build-depot-message';
import { enveloppeAttendue, messageAttendu } from './message-attendu';
import type { Attendu } from './reread';
import { reread } from './reread';
import { writeEnveloppe } from './write-enveloppe';
import { writeMessage } from './write-message';

const acte = { ...referenceActe('2022_062'), objet: 'L&#39;école & la cantine' };
const ACTE: Attendu = { type: '1-1', message: messageAttendu(acte) };
const enveloppe = referenceEnveloppe();
const ENVELOPPE: Attendu = { type: 'enveloppe-aller', message: enveloppeAttendue(enveloppe) };

function octets(written: Result<Uint8Array>): string {
  if (!written.ok) throw new Error(written.problem.detail);
  return Buffer.from(written.value).toString('latin1');
}

/** Ce qu'un rédacteur qui se tromperait aurait écrit. */
function altered(written: Result<Uint8Array>, from: string, to: string): Result<Uint8Array> {
  const text = octets(written);
  expect(text).toContain(from);
  return ok(new Uint8Array(Buffer.from(text.replace(from, to), 'latin1')));
}

function violationsOf(result: Result<unknown>): readonly Violation[] {
  if (result.ok) throw new Error('Un refus était attendu');
  expect(result.problem.code).toBe('xml/unfaithful');
  return result.problem.violations ?? [];
}

describe('reread', () => {
  it('rend les octets qui disent ce qui a été confié', () => {
    const written = writeMessage(acte);
    expect(reread(written, ACTE)).toBe(written);
    expect(reread(writeEnveloppe(enveloppe), ENVELOPPE).ok).toBe(true);
  });

  it('laisse passer le refus du rédacteur', () => {
    const refused = refuse({ code: 'xml/not-writable', detail: '' });
    expect(reread(refused, ACTE)).toBe(refused);
  });

  it.each([
    ['un texte pris pour une entité', '&amp;#39;', '&#39;', '/objet'],
    ['une entité prise pour du texte', 'école &amp; la', 'école &amp;amp; la', '/objet'],
    ['un caractère perdu', 'cantine', 'catine', '/objet'],
    ['une espace en trop', '<actes:Objet>', '<actes:Objet> ', '/objet'],
    ['un autre nom de fichier', '21_RP-', '99_DE-', '/annexes/0/nomFichier'],
    ['une autre matière', 'actes:CodeMatiere="8"', 'actes:CodeMatiere="7"', '/matiere/0'],
    ['une autre date', 'actes:Date="2022-10-20"', 'actes:Date="2022-10-21"', '/dateDecision'],
    ['un autre numéro', '"2022_062"', '"2022_063"', '/numeroInterne'],
    ['le papier annoncé', 'Papier>N<', 'Papier>O<', '/documentPapier'],
    [
      'un champ que personne n’a confié',
      '<actes:ClassificationDateVersion>',
      '<actes:PrecedentIdentifiantActe actes:IDActe="034-213402761-20221020-1-DE"/><actes:ClassificationDateVersion>',
      '/precedentIdentifiant',
    ],
  ])('arrête %s, et dit le champ', (_, from, to, pointer) => {
    const written = writeMessage(acte);
    const violations = violationsOf(reread(altered(written, from, to), ACTE));
    expect(violations.map((violation) => violation.pointer)).toEqual([pointer]);
  });

  it.each([
    ['un autre référent', 'Camille', 'Camile', '/emetteur/referent/nom'],
    ['une autre adresse de retour', 'retour-actes@', 'retour-acte@', '/adressesRetour/0'],
    ['un autre formulaire', 'DE-1-1_0', 'DE-1-1_1', '/formulaires/0/nomFichier'],
  ])('arrête dans l’enveloppe %s', (_, from, to, pointer) => {
    const violations = violationsOf(reread(altered(writeEnveloppe(enveloppe), from, to), ENVELOPPE));
    expect(violations.map((violation) => violation.pointer)).toEqual([pointer]);
  });

  it('dit l’attendu et le lu autour de la première différence', () => {
    const long = { ...acte, objet: `${'a'.repeat(200)} & ${'b'.repeat(200)}` };
    const attendu: Attendu = { type: '1-1', message: messageAttendu(long) };
    const result = reread(altered(writeMessage(long), '&amp;', '&lt;'), attendu);
    expect(result.ok ? '' : result.problem.detail).toBe(
      `Le message Acte ne se relit pas comme il a été confié. Champ « objet » : attendu « …${'a'.repeat(29)} & ${'b'.repeat(28)}… », relu « …${'a'.repeat(29)} < ${'b'.repeat(28)}… ». Rien n’est parti : signalez-le à l’exploitant du service.`,
    );
  });

  it('arrête un message d’un autre type', () => {
    const other = writeMessage({ flux: '7-1', dateClassification: acte.classificationDateVersion });
    expect(violationsOf(reread(other, ACTE)).map(({ pointer }) => pointer)).toContain('/type');
  });

  it('ne relit comme juste ni un XML mal formé, ni un XML invalide', () => {
    const malformed = reread(altered(writeMessage(acte), '</actes:Objet>', ''), ACTE);
    const invalid = reread(altered(writeMessage(acte), 'Papier>N<', 'Papier>non<'), ACTE);
    expect([malformed, invalid]).toMatchObject([
      { problem: { code: 'xml/not-writable' } },
      { problem: { code: 'xml/not-writable' } },
    ]);
  });
});

describe('Un envoi dont un XML ne dirait pas ce qui a été confié', () => {
  /** Un texte qui n'est pas deux fois le même : ce qui s'écrit n'est pas ce qu'on attend à la relecture. */
  function fleeting(): { readonly nom: string } {
    let count = 0;
    return {
      get nom() {
        count += 1;
        return `Camille ${count}`;
      },
    };
  }

  it('ne se compose pas, et le dit tel quel', () => {
    const input = referenceDepot();
    const acteRefused = buildDepotActe({
      ...input,
      collectivite: { ...input.collectivite, referent: fleeting() },
    });
    expect(violationsOf(acteRefused).map(({ pointer }) => pointer)).toEqual(['/emetteur/referent/nom']);
    const message = buildDepotMessage({
      ...input,
      collectivite: { ...input.collectivite, referent: fleeting() },
      identite: { siren: input.collectivite.siren, departement: input.collectivite.departement },
      flux: '7-1',
      documents: [],
      message: () => ({ flux: '7-1' }),
    });
    expect(violationsOf(message).map(({ pointer }) => pointer)).toEqual(['/emetteur/referent/nom']);
  });
});
