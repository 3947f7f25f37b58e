import { UuidSource } from '@teletransmission/observability';
import type { AddressInfo } from 'node:net';
import { HostileWalk } from '../../test/hostile-walk';
import type { FairValues, HostileRequest, Operation } from '../../test/hostile-requests';
import { hostileRequests, operationsOf, pointersOf } from '../../test/hostile-requests';
import { ROLES } from '@teletransmission/teletransmission';
import { aRetour } from '../../test/retours';
import { proposedDecision } from '../../test/decisions';
import { RunningApi } from '../../test/running-api';
import { openapiDocument } from './openapi-document';

/** Une machine chargée ralentit tout d'un facteur dix : la borne n'arrête que ce qui est figé. */
jest.setTimeout(600_000);

const OPERATIONS = operationsOf(openapiDocument());
/** Ce qu'une demande juste met dans chaque champ ; un champ de l'OpenAPI qui n'y est pas fait échouer l'essai. */
const IN_BODY: Readonly<Record<string, unknown>> = {
  liaison: 'directe',
  depuis: '2027-06-01T00:00:00+02:00',
  collectivite: '213402761',
  nature: 'DE',
  dateDecision: '2022-10-20',
  objet: 'Un acte',
  matiere: '8.1',
  votants: 3,
  pour: 3,
  contre: 0,
  abstentions: 0,
  blancs: 0,
  nuls: 0,
  voixPreponderante: false,
  reprendNumeroAnnule: false,
  pasAvant: null,
  fichier: 'extrait.pdf',
  typePiece: '99_DE',
  motif: 'Un motif juste',
  datePublication: '2022-10-21',
  adresse: 'https://exemple.fr/acte',
  moyen: 'affichage',
  constat: 'absente',
  texte: 'Une réponse',
  empreinte: 'e'.repeat(64),
  lu: 'Ce qui se lit',
  dateReception: '2022-11-02',
  identifiant: null,
  code: '007',
  detail: 'Illisible',
  dateCourrier: '2022-11-01',
  flux: '3-4',
  // Ce qu'un dépôt juste n'a pas forcément.
  signature: undefined,
  reprend: undefined,
  deliberation: undefined,
  correspondance: undefined,
};
const IN_QUERY: Readonly<Record<string, string>> = {
  limite: '2',
  etat: 'queued',
  mots: 'acte',
  siren: '213402761',
};

/** Ce qu'un champ vaut de juste à une adresse, quand il y vaut autre chose qu'ailleurs. */
const IN_BODY_AT: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '/v1/retours/{id}/decision': {
    nature: 'anomalie',
    dateReception: undefined,
    identifiant: undefined,
    flux: undefined,
    dateCourrier: undefined,
    texte: undefined,
  },
};

/** En combien de parts se partagent les demandes : quatre rôles, de la commune ou de la plateforme, en prennent une chacun. */
const SHARES = 8 * ROLES.length;

let api: RunningApi;
let walk: HostileWalk;
beforeAll(async () => {
  // Sa cadence est celle de quatre comptes pressés : c'est elle qu'on borne ailleurs.
  const demandesParMinute = { compte: 1_000_000, adresse: 1_000_000 };
  api = await RunningApi.start(undefined, { demandesParMinute });
  await api.app.listen(0, '127.0.0.1');
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  walk = new HostileWalk(`http://127.0.0.1:${port}`);
});
afterAll(async () => {
  walk.close();
  await api.stop();
});

/** Une lettre de la préfecture au sujet de cet acte. */
async function aLetter(deliberationId: string): Promise<string> {
  const id = new UuidSource().next();
  const retour = await aRetour(api);
  await api.dataSource.query(
    `INSERT INTO correspondances (id, collectivite_id, deliberation_id, identifiant_acte, flux, date_courrier, texte, recue_le, echeance, state, empreinte_message, retour_id)
      SELECT $1, collectivite_id, id, identifiant_acte, '3-1', '2022-11-01', 'Merci d’envoyer la convention.', now(), NULL, 'received', $3, $4 FROM deliberations WHERE id = $2`,
    [id, deliberationId, id.replaceAll('-', '').padEnd(64, '0'), retour],
  );
  return id;
}

/** Ce qu'il faut d'existant pour que chaque adresse aille jusqu'au bout : un acte, un retour, une lettre. */
async function fairValues(): Promise<(operation: Operation) => FairValues> {
  const acte = await api.deposited();
  const retours = await aRetour(api);
  const [retour]: { empreinte: string }[] = await api.dataSource.query(
    'SELECT empreinte FROM retours WHERE id = $1',
    [retours],
  );
  const ids: Readonly<Record<string, string>> = {
    deliberations: acte,
    retours,
    correspondances: await aLetter(acte),
    'decisions-de-retours': await proposedDecision(api),
  };
  const named: Readonly<Record<string, string>> = {
    siren: '213402761',
    departement: '034',
    rang: '0',
    chaine: api.commune.id,
  };
  const decided: Readonly<Record<string, unknown>> = { deliberation: acte, empreinte: retour?.empreinte };
  let numero = 0;
  return ({ path: at }) => ({
    inPath: (path, name) => named[name] ?? ids[path.split('/')[2] ?? ''] ?? 'absent',
    inQuery: (name) => IN_QUERY[name] ?? '2022-10-20',
    inBody: (name) => {
      numero += 1;
      if (name === 'numeroInterne') return `H-${numero}`;
      const own = IN_BODY_AT[at];
      return own ? { ...IN_BODY, ...own, ...decided }[name] : IN_BODY[name];
    },
  });
}

describe('chaque adresse de l’OpenAPI', () => {
  it('a pour chacun de ses champs une valeur juste, que l’hostile remplace', () => {
    const fields = OPERATIONS.flatMap(({ body }) => (body ? pointersOf(body.schema) : []));
    const names = new Set(fields.map((pointer) => pointer.at(-1) ?? ''));
    const containers = [
      'dossier',
      'vote',
      'document',
      'annexes',
      'documents',
      'numeroInterne',
      'transmission',
    ];
    expect([...names].filter((name) => !(name in IN_BODY) && !containers.includes(name))).toEqual([]);
  });

  it('ne répond jamais 5xx à qui a tous les droits, et tout refus est un problème', async () => {
    const fair = await fairValues();
    for (const operation of OPERATIONS)
      await walk.send(
        hostileRequests(operation, fair(operation)),
        'administrateur',
        api.jetons.administrateur,
      );
    expect(walk.faults.slice(0, 60)).toEqual([]);
  });

  it.each(ROLES)('ni à un compte %s, de la commune ou de toute la plateforme', async (role) => {
    const rank = ROLES.indexOf(role);
    for (const [scope, jetons] of [api.jetonsCommune, api.jetons].entries()) {
      const fair = await fairValues();
      for (const operation of OPERATIONS)
        await walk.send(
          shareOf(hostileRequests(operation, fair(operation)), 2 * rank + scope),
          role,
          jetons[role],
        );
    }
    expect(walk.faults.slice(0, 60)).toEqual([]);
  });

  it('ni à personne', async () => {
    const fair = await fairValues();
    for (const operation of OPERATIONS)
      await walk.send(shareOf(hostileRequests(operation, fair(operation)), 3), 'personne', null);
    expect(walk.faults.slice(0, 60)).toEqual([]);
  });

  it('en tout, des dizaines de milliers de demandes, dont la plupart sont refusées', () => {
    process.stderr.write(
      `Demandes hostiles : ${walk.total}, réponses par statut : ${JSON.stringify(Object.fromEntries([...walk.counts].sort()))}\n`,
    );
    expect(walk.total).toBeGreaterThan(20_000);
    expect(walk.hundreds(2)).toBeGreaterThan(1_000);
    expect(walk.hundreds(4)).toBeGreaterThan(walk.hundreds(2));
    expect(walk.hundreds(5)).toBe(0);
  });
});

/** Une part des demandes : l'administrateur les envoie toutes, les autres en envoient de toutes les sortes, chacun les siennes. */
function* shareOf(requests: Iterable<HostileRequest>, rank: number): Generator<HostileRequest> {
  let at = 0;
  for (const request of requests) {
    if (at % SHARES === rank || at === 0) yield request;
    at += 1;
  }
}
