import type { Violation } from '@teletransmission/kernel';
import { civilDate } from '@teletransmission/kernel';
import type { Instant } from '@teletransmission/kernel';
import {
  aCollectivite,
  aCompte,
  aDossier,
  aStoredFile,
  aTransmission,
  SequentialIds,
} from '@teletransmission/testkit';
import fc from 'fast-check';
import { anyTexte } from '../../../actes/epreuves/any-texte';
import type { ForeignReader } from '../../../actes/epreuves/foreign-reader';
import { loadForeignReader } from '../../../actes/epreuves/foreign-reader';
import { checkCollectivite } from '../collectivite/collectivite-rules';
import type { Collectivite } from '../collectivite/collectivite';
import { composeDeposit } from '../use-cases/deposit/compose-deposit';
import type { Deliberation, Piece } from '../deliberation/deliberation';
import { readDossier } from '../deliberation/deposit-rules';
import type { EnveloppeId } from '../ids';
import { composeEnvoi } from './compose-envoi';

const { id: transmissionId } = aTransmission();
const ENVELOPPE = {
  id: 'e1' as EnveloppeId,
  transmissionId,
  cycle: 1,
  jour: civilDate('2022-11-02'),
  numero: 1,
  archive: null,
};
const NOW = '2022-11-02T09:00:00.000Z' as Instant;
const TODAY = civilDate('2022-11-02');
/** Les fautes de dépôt qu'un texte peut faire, et elles seules. */
const REFUSALS =
  /^(objet\/(character-refused|several-lines|too-long)|dossier\/(character-refused|not-a-text)|piece\/(name-refused|not-cited)|numero\/|numero-interne\/|collectivite\/email-refused)/;

interface Textes {
  readonly objet: string;
  readonly numeroInterne: string;
  readonly fichier: string;
  readonly nom: string;
  readonly telephone: string;
  readonly email: string;
}

/** Une collectivité inscrite telle que décrite, ou les fautes de sa description. */
function registered({ nom, telephone, email }: Textes): Collectivite | readonly Violation[] {
  const { id, publicationAutomatique, ...reference } = aCollectivite();
  const checked = checkCollectivite({ ...reference, referent: { nom, telephone, email } }, id);
  expect(publicationAutomatique).toBe(false);
  return checked.ok ? checked.value : (checked.problem.violations ?? []);
}

/** Ce qu'un dossier accepté devient, ou ses fautes. */
function deposited(textes: Textes, collectivite: Collectivite): Deliberation | readonly Violation[] {
  const { objet, numeroInterne, fichier } = textes;
  const dossier = aDossier({ objet, numeroInterne, document: { fichier }, annexes: [] });
  const { content, pieces, violations } = readDossier(dossier, {
    collectivite,
    classification: null,
    fichiers: [aStoredFile(fichier)],
    today: TODAY,
    now: NOW,
    reprises: null,
  });
  if (!content) return violations;
  // Aucune pièce n'est signée ni à remarque ici : celles qui sont citées sont celles qui partent.
  const accepted = {
    ...content,
    pieces: pieces.map((piece) => ({ ...piece, format: 'pdf', remarques: [] }) as Piece),
  };
  const origin = { compte: aCompte(), collectivite, at: NOW, idempotency: null, corrige: null };
  return composeDeposit(origin, accepted, new SequentialIds()).deliberation;
}

describe('Ce qu’un dépôt accepté dit', () => {
  let foreign: ForeignReader;
  beforeAll(async () => {
    foreign = await loadForeignReader();
  });

  const textes = fc.record<Textes>({
    objet: anyTexte(),
    numeroInterne: fc.oneof(
      fc.constant('2022-10-062'),
      fc.string({
        unit: fc.constantFrom('A', 'z', '9', '-', '_', ' ', 'é', '/'),
        minLength: 1,
        maxLength: 16,
      }),
    ),
    fichier: fc.oneof({ weight: 3, arbitrary: fc.constant('extrait.pdf') }, anyTexte()),
    nom: fc.oneof(fc.constant('Camille'), anyTexte()),
    telephone: fc.oneof(fc.constant('0400000000'), anyTexte()),
    email: fc.constantFrom('a@b.fr', 'a_b.c-d@e.museum', 'a@b.consulting', 'a+b@c.fr', 'é@b.fr'),
  });

  it('s’écrit toujours, et se relit lui-même : jamais « accepté puis retenu »', () => {
    let sent = 0;
    fc.assert(
      fc.property(textes, (given) => {
        const collectivite = registered(given);
        const deliberation = 'siren' in collectivite ? deposited(given, collectivite) : collectivite;
        if (!('siren' in collectivite) || !('objet' in deliberation)) {
          expect(deliberation).not.toEqual([]);
          for (const { code, pointer } of deliberation as readonly Violation[]) {
            expect(code).toMatch(REFUSALS);
            expect(pointer).toMatch(/^\/(objet|numeroInterne|document\/fichier|referent\/\w+)$|^$/);
          }
          return;
        }
        const composed = composeEnvoi({
          transmission: aTransmission(),
          enveloppe: ENVELOPPE,
          operateur: {
            trigramme: 'TLT',
            quadrigramme: 'TACT',
            adresseRetour: 'retour@operateur.example.org',
          },
          collectivite,
          deliberation,
          classification: null,
          reponse: null,
          signatures: new Map(),
        });
        if (!composed.ok) throw new Error(composed.problem.detail);
        const { message, enveloppe } = composed.value.depot;
        expect(foreign(message.octets, '//actes:Objet')).toEqual([given.objet]);
        expect(foreign(message.octets, '/*/@actes:NumeroInterne')).toEqual([deliberation.numeroInterne]);
        expect(foreign(enveloppe.octets, '//actes:Referent/*')).toEqual([
          given.nom,
          given.telephone,
          given.email,
        ]);
        sent += 1;
      }),
      { numRuns: 600 },
    );
    expect(sent).toBeGreaterThan(10);
  });
});
