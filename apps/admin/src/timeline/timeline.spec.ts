import { anEntry, anEnvoi, aRetour, at } from '../../test/views';
import { timelineOf } from './timeline';
import { timelineGroupsOf } from './timeline-groups';

const opened = at('2026-11-24T07:59:58Z');

describe('le fil d’une délibération', () => {
  it('mêle le journal, les envois et les retours dans l’ordre du temps', () => {
    const items = timelineOf({
      history: [
        anEntry({ rang: 1 }),
        anEntry({
          rang: 2,
          evenement: 'envoi-opened',
          etatAvant: 'sealed',
          etatApres: 'sending',
          instant: opened,
        }),
        anEntry({
          rang: 3,
          evenement: 'ar-received',
          acteur: 'prefecture',
          instant: at('2026-11-24T09:30:00Z'),
        }),
      ],
      envois: [anEnvoi({ ouvertLe: opened })],
      retours: [aRetour({ recuLe: at('2026-11-24T09:00:00Z'), state: 'applied' })],
    });
    expect(items.map(({ titre, acteur }) => [titre, acteur])).toEqual([
      ['Délibération déposée', 'le service'],
      ['Envoi commencé', 'le service'],
      ['Reçu de la préfecture : Accusé de réception (1-2)', 'la préfecture'],
      ['Accusé de réception appliqué', 'la préfecture'],
    ]);
  });

  it('fond l’envoi dans la ligne qui l’ouvre, avec sa durée et son issue', () => {
    const [item] = timelineOf({
      history: [
        anEntry({ evenement: 'envoi-opened', etatAvant: 'sealed', etatApres: 'sending', instant: opened }),
      ],
      envois: [
        anEnvoi({
          turn: 3,
          ouvertLe: opened,
          outcome: 'deferred',
          code: 'http/503',
          detail: 'Rien n’est parti.',
        }),
      ],
      retours: [],
    });
    expect(item?.passage).toEqual(['Sous enveloppe', 'Envoi en cours']);
    expect(item?.details).toEqual([
      'Envoi n° 3 : pas reçu, remis à plus tard, après 2 s (code http/503).',
      'Rien n’est parti.',
    ]);
  });

  it('montre un envoi encore ouvert, même sans ligne au journal', () => {
    const [item] = timelineOf({
      history: [],
      envois: [anEnvoi({ closLe: null, outcome: null })],
      retours: [],
    });
    expect(item?.details).toEqual(['Envoi n° 1, sans réponse encore.']);
  });

  it('place l’arrivée d’un retour avant ce qu’elle a produit au même instant', () => {
    const instant = at('2026-11-24T09:00:00Z');
    const items = timelineOf({
      history: [anEntry({ evenement: 'ar-received', instant })],
      envois: [],
      retours: [aRetour({ recuLe: instant })],
    });
    expect(items.map(({ retourId }) => retourId !== null)).toEqual([true, false]);
  });

  it('garde l’ordre du journal entre lignes du même instant', () => {
    const items = timelineOf({
      history: [
        anEntry({ rang: 1, evenement: 'ar-received' }),
        anEntry({ rang: 2, evenement: 'published-automatically' }),
      ],
      envois: [],
      retours: [],
    });
    expect(items.map(({ titre }) => titre)).toEqual([
      'Accusé de réception appliqué',
      'Publiée dès l’accusé de réception',
    ]);
  });

  it('montre l’arrivée d’un retour avec son fichier et ce qu’il est devenu', () => {
    const remarques = [{ regle: 'xml/valeur-invalide', detail: 'Un numéro à tirets.', ligne: 3 }];
    const retour = aRetour({ state: 'contradictory', detail: 'Une autre date.', remarques });
    const [item] = timelineOf({ history: [], envois: [], retours: [retour] });
    expect(item).toMatchObject({
      retourId: retour.id,
      details: ['TACT--213402761--20261124-7.tar.gz – contradictoire.', 'Une autre date.'],
      preuve: [
        { nom: 'Empreinte du retour', valeur: retour.empreinte },
        { nom: 'Remarque', valeur: 'ligne 3 : Un numéro à tirets.' },
      ],
    });
  });

  it('écrit la preuve en français, et finit par l’empreinte de la ligne', () => {
    const preuve = {
      empreintePiece0: 'aa',
      empreintePiece2: 'bb',
      remarquesPiece2: 'octets-apres-la-fin plus-tard',
      tailleOctets: 1_400,
      dateReception: '2026-11-20',
      echeance: '2026-11-25T08:00:00.000Z',
      flux: '1-3',
      adresse: null,
      faitInconnu: true,
    };
    const [item] = timelineOf({ history: [anEntry({ preuve, rang: 7 })], envois: [], retours: [] });
    expect(item?.preuve.map(({ nom, valeur }) => [nom, valeur])).toEqual([
      ['Empreinte du document principal', 'aa'],
      ['Empreinte de l’annexe 2', 'bb'],
      [
        'Annexe 2',
        'des octets suivent la fin du document ; il s’ouvre partout, et part tel que déposé ; plus-tard',
      ],
      ['Taille', '1,4 ko'],
      ['Date de réception', 'vendredi 20 novembre 2026'],
      ['Échéance', 'mercredi 25 novembre 2026 à 09:00:00'],
      ['Message', "Anomalie d'acte (1-3)"],
      ['Adresse', '–'],
      ['Fait inconnu', 'oui'],
      ['Rang au journal', '7'],
      ['Empreinte de la ligne', 'c'.repeat(64)],
    ]);
  });

  it('garde lisibles un évènement et un état que cette version ne connaît pas', () => {
    const entry = anEntry({
      evenement: 'demain',
      etatAvant: 'queued',
      etatApres: 'autrement',
      acteur: 'Claire Vidal',
      motif: 'Essai',
    });
    const [item] = timelineOf({ history: [entry], envois: [], retours: [] });
    expect(item).toMatchObject({
      titre: 'demain',
      passage: ['À transmettre', 'autrement'],
      acteur: 'Claire Vidal',
      details: ['Essai'],
    });
  });
});

describe('l’histoire d’une délibération annulée', () => {
  it('est groupée par message : les étapes de la demande d’annulation ne se mêlent pas à celles de l’acte', () => {
    const [acte, annulation, lettre] = ['acte', 'annulation', 'lettre'];
    const step = (rang: number, sujetId: string, evenement: string, over = {}): ReturnType<typeof anEntry> =>
      anEntry({ rang, sujetId, evenement, instant: at(`2026-11-24T08:0${rang}:00Z`), ...over });
    const accuse = aRetour({
      transmissionId: annulation,
      flux: '6-2',
      recuLe: at('2026-11-24T08:05:00Z'),
      state: 'applied',
    });
    const arrival = aRetour({ transmissionId: acte, flux: '3-1', recuLe: at('2026-11-24T08:06:00Z') });
    const groups = timelineGroupsOf({
      history: [
        step(1, acte, 'deposited'),
        step(2, acte, 'published-automatically', { sujet: 'publication' }),
        step(3, acte, 'annulation-requested'),
        step(3, annulation, 'deposited', { preuve: { flux: '6-1' } }),
        step(4, annulation, 'envoi-opened'),
        step(5, annulation, 'ar-received'),
        step(5, accuse.id, 'retour-applied', { sujet: 'retour' }),
        step(5, acte, 'ar-annulation-received'),
        step(7, lettre, 'courrier-received', {
          sujet: 'correspondance',
          preuve: { flux: '3-1', retour: arrival.nom },
        }),
      ],
      envois: [anEnvoi({ transmissionId: annulation, ouvertLe: at('2026-11-24T08:04:30Z') })],
      retours: [accuse, arrival],
    });
    expect(groups.map(({ titre, items }) => [titre, items.map((item) => item.titre)])).toEqual([
      [
        "Transmission d'un acte (1-1)",
        ['Délibération déposée', 'Annulation demandée', 'Annulation acquittée'],
      ],
      ['La publication', ['Publiée dès l’accusé de réception']],
      [
        "Demande d'annulation (6-1)",
        [
          "Message préparé : Demande d'annulation (6-1)",
          'Envoi commencé',
          'Envoi commencé',
          "Reçu de la préfecture : Accusé d'annulation (6-2)",
          'Accusé de réception appliqué',
          'Retour appliqué',
        ],
      ],
      [
        'Lettre de la préfecture : Demande de pièces complémentaires (3-1)',
        ['Reçu de la préfecture : Demande de pièces complémentaires (3-1)', 'Courrier de la préfecture'],
      ],
    ]);
  });

  it('distingue deux demandes d’annulation', () => {
    const asked = (sujetId: string, hour: string): ReturnType<typeof anEntry> =>
      anEntry({ sujetId, preuve: { flux: '6-1' }, instant: at(`2026-11-24T${hour}:00:00Z`) });
    const groups = timelineGroupsOf({
      history: [asked('premiere', '08'), asked('seconde', '09')],
      envois: [],
      retours: [],
    });
    expect(groups.map(({ titre }) => titre)).toEqual([
      "Demande d'annulation (6-1), n° 1",
      "Demande d'annulation (6-1), n° 2",
    ]);
  });
});
