import { gzipSync } from 'node:zlib';
import type { AbuseTarget, AbusiveRequest } from './abusive-request';
import { get, json, multipart, numbered, repeated } from './abusive-request';

const MIO = 1024 * 1024;

const query = (nom: string, status: number, address: string): AbusiveRequest => ({
  nom,
  status,
  make: () => get(address),
});
/** Une adresse que rien ne sert : le cadre la refuse à sa lecture. */
const nowhere = (nom: string, status: number, address: string): AbusiveRequest => ({
  ...query(nom, status, address),
  refusedOn: 'head',
});

const at = ({ deliberationId }: AbuseTarget, door: string): string =>
  `/v1/deliberations/${deliberationId}/${door}`;

/** Les demandes abusives aux portes en JSON, par leur adresse ou par leurs en-têtes. */
export const ABUSIVE_ADDRESSES: readonly AbusiveRequest[] = [
  {
    nom: 'un motif d’un mébioctet',
    role: 'operateur',
    status: 400,
    make: (target) => json(at(target, 'retenue'), `{"motif":"${'x'.repeat(MIO - 64)}"}`),
  },
  {
    nom: '60 000 champs inconnus à la publication',
    refusedOn: 'body',
    status: 400,
    make: (target) => json(at(target, 'publication'), `{${numbered((rank) => `"champ-${rank}":1`, 60_000)}}`),
  },
  {
    nom: '100 000 crochets à la publication',
    refusedOn: 'body',
    status: 400,
    make: (target) => json(at(target, 'publication'), '['.repeat(100_000)),
  },
  {
    nom: 'un constat qui est une liste de 500 000 nombres',
    refusedOn: 'body',
    status: 400,
    make: (target) => json(at(target, 'constat'), `[${repeated('1', 500_000)}]`),
  },
  {
    nom: 'un JSON de deux mébioctets',
    refusedOn: 'head',
    status: 413,
    make: (target) => json(at(target, 'annulation'), ' '.repeat(2 * MIO)),
  },
  {
    nom: 'un JSON compressé qui en fait cent fois plus',
    refusedOn: 'body',
    status: 400,
    make: (target) =>
      json(at(target, 'annulation'), gzipSync(Buffer.alloc(64 * MIO, ' ')), { 'content-encoding': 'gzip' }),
  },
  {
    nom: 'un formulaire d’un mébioctet',
    refusedOn: 'head',
    status: 415,
    make: (target) =>
      json(at(target, 'annulation'), 'a=1&'.repeat(MIO / 4), {
        'content-type': 'application/x-www-form-urlencoded',
      }),
  },
  {
    nom: 'une correction de 340 000 annexes vides',
    status: 400,
    make: (target) =>
      multipart(at(target, 'correction'), [
        { nom: 'dossier', type: 'application/json', octets: `{"annexes":[${repeated('{}', 340_000)}]}` },
      ]),
  },
  query('des mots de 15 000 caractères', 400, `/v1/deliberations?mots=${'m'.repeat(15_000)}`),
  query('cent mots d’un caractère', 200, `/v1/deliberations?mots=${repeated('a', 100, '%20')}`),
  query('1 500 fois le même critère', 400, `/v1/deliberations?${repeated('etat=a', 1_500, '&')}`),
  query('1 500 critères inconnus', 400, `/v1/deliberations?${numbered((n) => `c${n}=1`, 1_500, '&')}`),
  query('un curseur de 15 000 caractères', 400, `/v1/deliberations?apres=${'A'.repeat(15_000)}`),
  nowhere('une identité de 15 000 caractères', 400, `/v1/deliberations/${'a'.repeat(15_000)}`),
  nowhere('une identité de 5 000 octets nuls', 400, `/v1/deliberations/${'%00'.repeat(5_000)}`),
  nowhere('un chemin de 7 000 barres', 404, `/v1${'/'.repeat(7_000)}`),
  {
    nom: 'une adresse de 64 kibioctets',
    refusedOn: 'head',
    status: 431,
    make: () => get(`/v1/deliberations?mots=${'m'.repeat(65_536)}`),
  },
  {
    nom: '3 000 en-têtes',
    refusedOn: 'head',
    status: 431,
    make: () =>
      get('/v1/deliberations', Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`x-${n}`, '1']))),
  },
  {
    nom: 'une clé d’idempotence de 10 000 caractères',
    status: 400,
    make: () => ({
      ...multipart('/v1/deliberations', [{ nom: 'dossier', octets: '{}' }]),
      headers: {
        'content-type': 'multipart/form-data; boundary=delimiteur-de-l-essai',
        'idempotency-key': 'k'.repeat(10_000),
      },
    }),
  },
  {
    nom: 'une étendue de 1 500 morceaux',
    status: 404,
    make: (target) =>
      get(at(target, 'archive'), { range: `bytes=${numbered((n) => `${n}-${n + 1}`, 1_500)}` }),
  },
];
