import { aCompte, InMemoryService, RETOUR_SCENES } from '@teletransmission/testkit';
import type { CivilDate } from '@teletransmission/kernel';
import type { ContenuLu } from '../../decision/decision';
import type { CompteId } from '../../ids';
import type { RetourCase } from '../../retour/policy';
import { RETOUR_CASES, RETOUR_POLICY } from '../../retour/policy';
import type { Retour } from '../../retour/retour';
import { RETOUR_TRANSITIONS, TRAY_STATES } from '../../vies/retour-transitions';

/*
 * Le bac n'a pas d'impasse. Chaque cas qui y mène est joué, puis chacune de ses issues est prise pour de vrai : le faire relire, le mettre
 * de côté puis l'en reprendre, et en décider après l'avoir lu de ses yeux.
 */

const ANNE = aCompte({ id: 'a0000000-0000-7000-8000-00000000000a' as CompteId, nom: 'Anne' });
const BASILE = aCompte({ id: 'a0000000-0000-7000-8000-00000000000b' as CompteId, nom: 'Basile' });
const motif = 'lu avec la préfecture';

const inTray = (name: RetourCase): boolean =>
  TRAY_STATES.some((state) => state === RETOUR_TRANSITIONS.received[RETOUR_POLICY[name].event]);
const TRAY_CASES = RETOUR_CASES.filter(inTray);

const ACCUSE: ContenuLu = {
  nature: 'accuse',
  dateReception: '2022-11-02' as CivilDate,
  identifiant: '034-213402761-20221020-2022-10-062-DE',
};
const ANNULATION: ContenuLu = { ...ACCUSE, nature: 'accuse-annulation' };
const ANOMALIE: ContenuLu = { nature: 'anomalie', code: '7', detail: 'Fichier illisible' };
const LETTRE: ContenuLu = {
  nature: 'lettre',
  flux: '3-1',
  dateCourrier: '2022-11-02' as CivilDate,
  texte: 'Le plan manque.',
};

/** Ce qu'une personne lit dans chaque cas, et ce que l'acte en devient ; ou pourquoi la table de l'acte le refuse, et la voie qui reste. */
interface Exit {
  readonly contenu: ContenuLu;
  readonly gives: { readonly state: string } | { readonly refused: RegExp };
}

const EXITS: Readonly<Partial<Record<RetourCase, Exit>>> = {
  'accuse-autre-date': { contenu: ACCUSE, gives: { refused: /déjà appliqué.*Mettez ce retour de côté/ } },
  'accuse-futur': { contenu: ACCUSE, gives: { state: 'acknowledged' } },
  'accuse-jamais-envoye': { contenu: ACCUSE, gives: { refused: /retiré ici.*Mettez ce retour de côté/ } },
  'accuse-anterieur': { contenu: ACCUSE, gives: { state: 'acknowledged' } },
  'accuse-acte-annule': { contenu: ACCUSE, gives: { refused: /annulé.*Mettez ce retour de côté/ } },
  'accuse-acte-retire': { contenu: ACCUSE, gives: { refused: /s'il faut l'annuler.*de côté/ } },
  'annulation-sans-demande': { contenu: ANNULATION, gives: { refused: /Appelez la préfecture.*de côté/ } },
  'anomalie-autre': { contenu: ANOMALIE, gives: { refused: /Corrigez aussi.*de côté/ } },
  'anomalie-apres-accuse': { contenu: ANOMALIE, gives: { refused: /ne défait jamais un accusé.*de côté/ } },
  'anomalie-ancienne-enveloppe': { contenu: ANOMALIE, gives: { state: 'rejected' } },
  'anomalie-hors-attente': { contenu: ANOMALIE, gives: { refused: /envoi d'avant.*de côté/ } },
  'lettre-incomplete': { contenu: LETTRE, gives: { state: 'acknowledged' } },
  'nomenclature-vide': { contenu: ACCUSE, gives: { refused: /se redemande, ou se termine/ } },
  'nomenclature-future': { contenu: ACCUSE, gives: { refused: /se redemande, ou se termine/ } },
  'date-illisible': { contenu: ACCUSE, gives: { state: 'acknowledged' } },
  'message-inattendu': { contenu: ACCUSE, gives: { refused: /se redemande, ou se termine/ } },
  'sans-rattachement': { contenu: ACCUSE, gives: { state: 'acknowledged' } },
  'rattachement-ambigu': { contenu: ACCUSE, gives: { state: 'acknowledged' } },
  illisible: { contenu: ACCUSE, gives: { state: 'acknowledged' } },
};

async function played(name: RetourCase): Promise<{ service: InMemoryService; retour: Retour }> {
  const service = new InMemoryService();
  await RETOUR_SCENES[name].play(service);
  return { service, retour: lastOf(service) };
}

function lastOf(service: InMemoryService): Retour {
  const retour = [...service.ledger.retours.values()].at(-1);
  if (!retour) throw new Error('aucun retour');
  return retour;
}

describe.each(TRAY_CASES)('au bac, « %s »', (name) => {
  it('se relit, et revient d’où il était tant que rien n’a changé', async () => {
    const { service, retour } = await played(name);
    const again = await service.handle.execute({
      compte: ANNE,
      id: retour.id,
      handling: { kind: 'relire' },
      motif,
    });
    expect(again).toMatchObject({ ok: true, value: { state: 'received' } });
    await service.apply.execute(retour.id);
    expect(TRAY_STATES).toContain(lastOf(service).state);
  });

  it('se met de côté, et s’en reprend si son acte attend encore', async () => {
    const { service, retour } = await played(name);
    const handle = (kind: 'mettre-de-cote' | 'reprendre'): ReturnType<InMemoryService['handle']['execute']> =>
      service.handle.execute({ compte: ANNE, id: retour.id, handling: { kind }, motif });
    expect(await handle('mettre-de-cote')).toMatchObject({ ok: true, value: { state: 'set-aside' } });
    const { transmissionId, flux } = (await service.tray.find(retour.id)) ?? {};
    const acte = transmissionId ? service.ledger.transmissions.get(transmissionId) : undefined;
    const isSettled = acte && ['acknowledged', 'cancelled', 'withdrawn'].includes(acte.state);
    const taken = await handle('reprendre');
    if (isSettled && flux !== '2-1') {
      expect(taken).toMatchObject({ problem: { code: 'retour/act-settled' } });
      expect(lastOf(service).state).toBe('set-aside');
      return;
    }
    expect(taken).toMatchObject({ ok: true, value: { state: 'received' } });
    await service.apply.execute(retour.id);
    expect(TRAY_STATES).toContain(lastOf(service).state);
  });

  it('se décide des yeux d’une personne, ou le refus dit quoi faire', async () => {
    const { service, retour } = await played(name);
    const exit = EXITS[name];
    if (!exit) throw new Error(`« ${name} » mène au bac et n'a pas d'issue.`);
    const command = {
      compte: ANNE,
      retourId: retour.id,
      target: { kind: 'transmission', id: service.transmission().id },
      contenu: exit.contenu,
      empreinte: retour.empreinte,
      lu: 'ce qui se lit',
      motif,
    } as const;
    const decided = await service.decide.execute(command);
    if ('refused' in exit.gives) {
      expect(decided).toMatchObject({
        problem: {
          code: 'decision/not-applicable',
          detail: expect.stringMatching(exit.gives.refused) as unknown,
        },
      });
      expect(TRAY_STATES).toContain(lastOf(service).state);
      return;
    }
    if (!decided.ok) throw new Error(decided.problem.detail);
    if ('dateReception' in exit.contenu) {
      expect(decided.value.state).toBe('proposed');
      const { dateReception } = exit.contenu;
      const confirmed = await service.settle.execute({
        compte: BASILE,
        id: decided.value.id,
        settling: { kind: 'confirmer', dateReception },
        motif,
      });
      expect(confirmed).toMatchObject({ ok: true, value: { state: 'applied' } });
    }
    expect(lastOf(service).state).toBe('applied');
    expect(service.transmission().state).toBe(exit.gives.state);
  });

  it('s’attache sans rien changer, quand ce n’est qu’une information au sujet d’un acte', async () => {
    const { service, retour } = await played(name);
    await service.depositReference({ numeroInterne: 'AUTRE-1' });
    const acte = [...service.ledger.transmissions.values()].at(-1);
    const decided = await service.decide.execute({
      compte: ANNE,
      retourId: retour.id,
      target: { kind: 'transmission', id: acte?.id ?? '' },
      contenu: { nature: 'information' },
      empreinte: retour.empreinte,
      lu: 'ce qui se lit',
      motif,
    });
    expect(decided).toMatchObject({ ok: true, value: { state: 'applied' } });
    expect(await service.tray.find(retour.id)).toMatchObject({ state: 'applied', transmissionId: acte?.id });
    expect(acte && service.ledger.transmissions.get(acte.id)).toEqual(acte);
  });
});

describe('la table des issues', () => {
  it('nomme tous les cas du bac, et eux seuls', () => {
    expect(Object.keys(EXITS).sort()).toEqual([...TRAY_CASES].sort());
  });

  it('donne à chaque état du bac les mêmes trois issues, et en laisse une de côté', () => {
    for (const state of TRAY_STATES)
      expect(RETOUR_TRANSITIONS[state]).toEqual({
        'retour-read-again': 'received',
        'retour-set-aside': 'set-aside',
        'retour-decided': 'applied',
      });
    expect(RETOUR_TRANSITIONS['set-aside']).toEqual({ 'retour-taken-up': 'received' });
  });
});
