import { existsSync, readFileSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import path from 'node:path';
import fc from 'fast-check';
import {
  oneOfEachMessage,
  referenceActe,
  referenceAnomalieEnveloppe,
  referenceDepot,
  referenceEnveloppe,
} from '../../../../test/golden/actes/reference-acte';
import { buildDepotActe } from '../depot/build-depot-acte';
import type { IdentifiantActe } from '../identifiant/identifiant-acte';
import type { MessageMetier } from './messages';
import { readXml } from './read-xml';
import { writeAnomalieEnveloppe, writeEnveloppe } from './write-enveloppe';
import { writeMessage } from './write-message';

const GOLDEN = path.join(__dirname, '../../../../test/golden/actes');

function written(result: ReturnType<typeof writeMessage>): Uint8Array {
  if (!result.ok) throw new Error(result.problem.detail);
  return result.value;
}

function violationsOf(result: ReturnType<typeof writeMessage>): readonly string[] {
  return result.ok ? [] : (result.problem.violations ?? []).map(({ code, pointer }) => `${code} ${pointer}`);
}

const acte = referenceActe();

describe('Les messages de référence, octet pour octet', () => {
  const depot = buildDepotActe(referenceDepot());
  if (!depot.ok) throw new Error(depot.problem.detail);
  const ar = oneOfEachMessage('2022-10-062').find(({ flux }) => flux === '1-2');
  const anomalie = oneOfEachMessage('2022-10-062').find(({ flux }) => flux === '1-3');
  if (!ar || !anomalie) throw new Error('Un message de chaque flux est attendu');

  it.each([
    [depot.value.message.nom, depot.value.message.octets],
    [depot.value.enveloppe.nom, depot.value.enveloppe.octets],
    [
      '034-213402761-20221020-2022-10-062-DE-1-2_5279.xml',
      written(writeMessage(ar, { identifiantTelQueRecu: true })),
    ],
    ['034-213402761----1-3_12.xml', written(writeMessage(anomalie))],
    ['ANO_EACT--213402761--20221102-1.xml', written(writeAnomalieEnveloppe(referenceAnomalieEnveloppe()))],
  ])('%s', (nom, octets) => {
    const file = path.join(GOLDEN, nom);
    expect(existsSync(file)).toBe(true);
    expect(Buffer.from(octets).toString('latin1')).toBe(readFileSync(file).toString('latin1'));
  });
});

describe('Écrire puis lire', () => {
  it.each(oneOfEachMessage().map((message) => [message.flux, message] as const))(
    '%s rend ce qu’on y a mis',
    (flux, message) => {
      const read = readXml(written(writeMessage(message)));
      if (!read.ok) throw new Error(read.problem.detail);
      expect(read.value).toMatchObject({ type: flux, encodage: 'ISO-8859-1', ecarts: [] });
      expect(read.value.message).toMatchObject(asRead(message));
    },
  );

  it('rend une enveloppe telle quelle, adresses dans l’ordre', () => {
    const read = readXml(written(writeEnveloppe(referenceEnveloppe())));
    expect(read.ok && read.value).toMatchObject({
      type: 'enveloppe-aller',
      ecarts: [],
      message: referenceEnveloppe(),
    });
  });

  it('rend une anomalie d’enveloppe', () => {
    const read = readXml(written(writeAnomalieEnveloppe(referenceAnomalieEnveloppe())));
    expect(read.ok && read.value).toMatchObject({
      type: 'anomalie-enveloppe',
      message: referenceAnomalieEnveloppe(),
    });
  });

  it('garde œ, €, guillemets courbes, tirets et emoji, en ASCII et latin-1 seulement', () => {
    const objet = 'Maîtrise d’œuvre à 45 € — “école” & <annexe> \u{1f600}…';
    const bytes = written(writeMessage({ ...acte, objet }));
    expect(Buffer.from(bytes).toString('latin1')).toContain(
      'Ma\u00eetrise d&#8217;&#339;uvre \u00e0 45 &#8364; &#8212;',
    );
    const read = readXml(bytes);
    expect(read.ok && read.value.message).toMatchObject({ objet });
  });

  it('garde tout objet d’une ligne, quel qu’en soit le texte', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (text) => {
        const objet = `a${text.replace(/[\r\n\t]/g, ' ')}`;
        const result = writeMessage({ ...acte, objet });
        fc.pre(result.ok);
        const read = readXml(written(result));
        expect(read.ok && read.value.message).toMatchObject({ objet });
      }),
    );
  });

  /** La lecture réunit les documents des courriers en une liste et nomme leur texte d'un seul nom. */
  function asRead(message: MessageMetier): object {
    if ('identifiantActe' in message && 'document' in message) {
      const { document, ...rest } = message;
      const texte =
        'motif' in rest ? rest.motif : 'descriptionPieces' in rest ? rest.descriptionPieces : undefined;
      const { flux, identifiantActe, dateCourrierPref } = rest;
      return {
        flux,
        identifiantActe,
        dateCourrierPref,
        documents: [document],
        ...(texte === undefined ? {} : { texte }),
      };
    }
    return message;
  }
});

describe('Ce qui ne s’écrit pas', () => {
  it('dit toutes les fautes à la fois, chacune à sa place', () => {
    const refused = writeMessage({
      ...acte,
      objet: ' ',
      matiere: [8],
      document: { nomFichier: 'dossier/acte.pdf' },
    });
    expect(violationsOf(refused)).toEqual([
      'xml/element-manquant /actes:Acte/actes:CodeMatiere2',
      'regle/objet-vide /actes:Acte/actes:Objet',
      'regle/nom-fichier /actes:Acte/actes:Document/actes:NomFichier',
    ]);
  });

  it.each([
    ['un objet de 501 caractères', { objet: 'x'.repeat(501) }, 'xml/valeur-invalide /actes:Acte/actes:Objet'],
    ['un objet sur deux lignes', { objet: 'a\nb' }, 'regle/objet-une-ligne /actes:Acte/actes:Objet'],
    ['une matière inconnue', { matiere: [7, 11] }, 'regle/matiere /actes:Acte'],
    ['deux fois le même fichier', { annexes: [acte.document] }, 'regle/fichier-en-double /actes:Acte'],
    ['un caractère de contrôle', { objet: 'a\u0007' }, 'xml/caractere-interdit /actes:Acte/actes:Objet'],
  ])('refuse %s', (_title, change, violation) => {
    expect(violationsOf(writeMessage({ ...acte, ...change }))).toEqual([violation]);
  });

  it('admet un objet de 500 caractères, ligatures et emoji comptés pour un', () => {
    expect(violationsOf(writeMessage({ ...acte, objet: '\u{1f600}'.repeat(500) }))).toEqual([]);
  });

  it('ne recopie un identifiant à tirets que si on le demande, et jamais un identifiant illisible', () => {
    const hyphens = {
      flux: '6-1',
      identifiantActe: '034-213402761-20221020-2022-10-062-DE' as IdentifiantActe,
    } as const;
    expect(violationsOf(writeMessage(hyphens))).toEqual([
      'xml/valeur-invalide /actes:Annulation/@actes:IDActe',
    ]);
    expect(writeMessage(hyphens, { identifiantTelQueRecu: true }).ok).toBe(true);
    const broken = {
      flux: '6-1',
      identifiantActe: '034-213402761-20221320-1-DE' as IdentifiantActe,
    } as const;
    expect(violationsOf(writeMessage(broken, { identifiantTelQueRecu: true }))).toEqual([
      'regle/identifiant-acte /actes:Annulation/@actes:IDActe',
    ]);
  });

  it('refuse une adresse de retour hors du motif, ou donnée deux fois', () => {
    const enveloppe = referenceEnveloppe();
    expect(violationsOf(writeEnveloppe({ ...enveloppe, adressesRetour: ['a+b@c.fr'] }))).toEqual([
      'xml/valeur-invalide /actes:EnveloppeCLMISILL/actes:AdressesRetour/actes:Email',
    ]);
    expect(violationsOf(writeEnveloppe({ ...enveloppe, adressesRetour: ['a@c.fr', 'A@c.fr'] }))).toEqual([
      'regle/adresse-en-double /actes:EnveloppeCLMISILL/actes:AdressesRetour',
    ]);
  });

  it('omet un référent dont rien n’est renseigné', () => {
    const enveloppe = referenceEnveloppe();
    const bytes = written(
      writeEnveloppe({ ...enveloppe, emetteur: { ...enveloppe.emetteur, referent: { nom: '' } } }),
    );
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('Referent');
  });
});
