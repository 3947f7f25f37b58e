// Une API de comédie, fidèle au contrat que suit le lanceur : un pas de vie à chaque lecture de l'histoire.
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');

const ARCHIVE = Buffer.from('une archive de comédie');
const IDENTIFIANT = '034-213402761-20221020-2022-10-062-DE';
const STEPS = [
  ['deposited', 'Délibération déposée', IDENTIFIANT],
  ['enveloppe-sealed', 'Mise sous enveloppe', 'TLT-essai.tar.gz'],
  ['envoi-accepted', 'Remise à la préfecture', null],
  ['ar-received', 'Accusé de réception', null],
  ['published', 'Publiée', null],
];

/**
 * `memory` : fichier où tenir le dépôt d'un démarrage à l'autre, ou rien. `ending` : `exécutoire`, `retenue`, ou `silence`.
 * Rend le serveur, qui reste à mettre à l'écoute, et `deposits`, les dépôts reçus.
 */
exports.createFakeApi = ({ memory, ending = 'exécutoire', pageSize = 2, alteredArchive = false } = {}) => {
  const deposits = [];
  let known = memory && existsSync(memory) ? JSON.parse(readFileSync(memory, 'utf8')) : null;
  let steps = 0;
  const reached = ending === 'exécutoire' ? STEPS.length : 2;

  const deliberation = () => {
    const isDone = steps >= STEPS.length;
    return {
      id: 'd-1',
      identifiantActe: IDENTIFIANT,
      numeroInterne: '2022-10-062',
      objet: 'Essai',
      transmission: {
        id: 't-1',
        etat: isDone ? 'acknowledged' : steps >= 2 && ending === 'retenue' ? 'held' : 'sealed',
        libelle: isDone ? 'Acquittée' : ending === 'retenue' ? 'Retenue' : 'Sous enveloppe',
        dateTeletransmission: isDone ? '2022-10-26T09:00:00.000Z' : null,
        dateReception: isDone ? '2022-10-26' : null,
        ...(ending === 'retenue'
          ? { probleme: { detail: 'La matière 9.9 est inconnue : corrigez le dossier.' } }
          : {}),
      },
      publication: { etat: isDone ? 'published' : 'pending', datePublication: isDone ? '2022-10-27' : null },
      dateExecutoire: isDone ? '2022-10-27' : null,
      archive: {
        nom: 'TLT-essai.tar.gz',
        empreinte: createHash('sha256')
          .update(alteredArchive ? 'autre' : ARCHIVE)
          .digest('hex'),
        tailleOctets: ARCHIVE.length,
      },
    };
  };
  const history = (after) => {
    steps = Math.min(steps + 1, reached);
    const all = STEPS.slice(0, steps).map(([evenement, libelle, detail], index) => ({
      rang: index + 1,
      instant: `2026-11-24T10:02:0${index}.123Z`,
      evenement,
      libelle,
      detail,
    }));
    const entrees = all.slice(after, after + pageSize);
    const end = after + entrees.length;
    return { entrees, suivant: end < all.length ? String(end) : null };
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://local');
    const json = (status, body, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    if (url.pathname === '/health/ready') return json(200, { etat: 'ok' });
    if (!request.headers.authorization?.startsWith('Bearer tlt_')) {
      return json(401, {
        type: 'urn:authentification',
        title: 'Jeton refusé',
        detail: 'Présentez un jeton connu.',
      });
    }
    if (request.method === 'POST') {
      const form = await new Response(request, { headers: request.headers }).formData();
      deposits.push({ form, headers: request.headers });
      const isReplayed = known?.key === request.headers['idempotency-key'];
      known = { key: request.headers['idempotency-key'] };
      if (memory) writeFileSync(memory, JSON.stringify(known));
      return json(
        201,
        { id: 'd-1', identifiantActe: IDENTIFIANT },
        isReplayed ? { 'idempotency-replayed': 'true' } : {},
      );
    }
    if (url.pathname.endsWith('/historique'))
      return json(200, history(Number(url.searchParams.get('apres') ?? 0)));
    if (url.pathname.endsWith('/archive')) return response.end(ARCHIVE);
    return json(200, deliberation());
  });
  return { server, deposits, identifiantActe: IDENTIFIANT };
};
