import { verifyAuditChains } from '../journeys/runner/audit-chain';
import type { OwnInstance } from '../processes/own-instance';
import type { DepositedActe } from './depositor-book';
import type { OurActe, OurBook } from './our-book';
import type { PrefectureBook } from './prefecture-book';
import { isTurnedDown } from './prefecture-book';

/** Une chose qui doit toujours être vraie : sur combien de cas on l'a vue, et ce qui l'a démentie. */
export interface Invariant {
  readonly title: string;
  readonly count: number;
  readonly faults: readonly string[];
}

export interface Verdict {
  readonly invariants: readonly Invariant[];
  /** Les actes perdus et doublés, chacun avec ce qu'on lui reproche. */
  readonly lost: ReadonlyMap<string, string>;
  readonly doubled: ReadonlyMap<string, string>;
  readonly states: Readonly<Record<string, number>>;
}

export interface Books {
  readonly ours: OurBook;
  readonly prefecture: PrefectureBook;
  readonly depositor: readonly DepositedActe[];
  readonly service: OwnInstance;
}

const TRAY = /unmatched|contradictory|unreadable/;

/** Confronte les trois livres : le nôtre, celui de la préfecture, celui du déposant. */
export async function confront({ ours, prefecture, depositor, service }: Books): Promise<Verdict> {
  const actes = await ours.actes();
  const byNumero = new Map<string, OurActe[]>();
  for (const acte of actes) {
    const key = keyOf(acte.siren, acte.numero_interne);
    byNumero.set(key, [...(byNumero.get(key) ?? []), acte]);
  }
  const archives = prefecture.archivesByActe();
  const audit = await verifyAuditChains(service.databaseUrl);
  const kept = await ours.retours();
  const { retours } = prefecture.registre;
  const known = new Set(depositor.map(({ siren, numeroInterne }) => keyOf(siren, numeroInterne)));
  const answered = depositor.filter(({ answers }) => answers.length > 0);
  const ourIdentifiants = new Set(actes.map((acte) => acte.identifiant_acte));
  const ofOne = (acte: DepositedActe): readonly OurActe[] =>
    byNumero.get(keyOf(acte.siren, acte.numeroInterne)) ?? [];

  const missing = answered.flatMap((acte) => faultOfAnswer(acte, ofOne(acte)));
  const otherBytes = answered.flatMap((acte) =>
    ofOne(acte)
      .filter(({ pieces }) => pieces.join() !== acte.empreintes.join())
      .map(() => `${acte.numeroInterne} : d'autres pièces que celles du déposant`),
  );
  const stuck = actes
    .filter((acte) => !isAtRest(acte))
    .map((acte) => `${acte.numero_interne} : ${acte.state}${acte.stop_code ? ` (${acte.stop_code})` : ''}`);
  const unproven = actes.flatMap((acte) => faultOfProof(acte, archives.get(acte.identifiant_acte) ?? []));
  const acknowledged = actes.filter(({ state }) => state === 'acknowledged');
  const twiceOurs = [...byNumero.values()]
    .filter((same) => same.length > 1)
    .map((same) => `${String(same[0]?.numero_interne)} : ${same.length} délibérations`);
  const twiceThere = [...archives].flatMap(([identifiant, taken]) =>
    // La dernière peut être bonne ; toute autre doit avoir été refusée, sans quoi l'acte y est deux fois.
    taken.length > 1 && !taken.slice(0, -1).every(isTurnedDown)
      ? [`${identifiant} : ${taken.length} archives prises (${taken.map(({ nom }) => nom).join(', ')})`]
      : [],
  );
  const strangers = [
    ...actes
      .filter((acte) => !known.has(keyOf(acte.siren, acte.numero_interne)))
      .map((acte) => `${acte.identifiant_acte} : personne ne l'a déposé`),
    ...[...archives.keys()]
      .filter((identifiant) => !ourIdentifiants.has(identifiant))
      .map((identifiant) => `${identifiant} : à la préfecture, et pas chez nous`),
  ];
  const lostRetours = retours
    .filter(({ id, releve, empreinte }) => !releve || (kept.get(id) ?? empreinte) !== empreinte)
    .map(
      ({ id, nom, releve }) => `${nom} (${id}) : ${releve ? "gardé avec d'autres octets" : 'jamais relevé'}`,
    );
  const unkept = retours
    .filter(({ id, releve }) => releve && !kept.has(id))
    .map(({ id, nom }) => `${nom} (${id}) : relevé, et introuvable chez nous`);
  const bytesThere = await faultsOfBytes(depositor, byNumero, archives, prefecture);
  const documents = await ours.verifyDocuments(`${service.folder}/stockage`);
  const unsettled = await ours.unsettled();
  const deaths = [...service.parts.values()].flatMap((part) => part.deaths);

  const invariants: readonly Invariant[] = [
    invariant('chaque réponse du déposant est tenue, même identifiant', answered.length, missing),
    invariant('les pièces sont celles du déposant, octet pour octet', answered.length, otherBytes),
    invariant('un numéro déposé, une seule délibération', byNumero.size, twiceOurs),
    invariant('aucun acte que personne n’a déposé, ici ni là-bas', actes.length + archives.size, strangers),
    invariant('chaque acte est acquitté, refusé, ou retenu avec sa raison', actes.length, stuck),
    invariant(
      'chaque acte acquitté est à la préfecture, mêmes octets d’archive',
      acknowledged.length,
      unproven,
    ),
    invariant('au plus une archive par acte à la préfecture', archives.size, twiceThere),
    invariant('l’archive de la préfecture porte les pièces du déposant', bytesThere.count, bytesThere.faults),
    invariant('chaque retour de la préfecture est relevé et gardé tel quel', retours.length, [
      ...lostRetours,
      ...unkept,
    ]),
    invariant('chaque document cité existe et donne son empreinte', documents.count, documents.faults),
    invariant('le journal d’audit se recalcule, chaînes entières', audit.count, audit.faults),
    { title: 'chaque changement d’état est inscrit et suit la table', ...(await ours.verifyHistories()) },
    { title: 'aucun envoi resté ouvert ni accepté deux fois', ...(await ours.verifyEnvois()) },
    invariant(
      'la boîte d’envoi est vide, aucun retour à lire',
      unsettled.actes,
      unsettled.outbox + unsettled.retours > 0 ? [unsettled.detail] : [],
    ),
    invariant(
      'aucun processus n’est mort de lui-même',
      [...service.parts.values()].reduce((sum, { starts }) => sum + starts, 0),
      deaths.map(({ name, how }) => `${name} : ${how}`),
    ),
  ];
  const states: Record<string, number> = {};
  for (const { state } of actes) states[state] = (states[state] ?? 0) + 1;
  return {
    invariants,
    lost: byActe([missing, otherBytes, stuck, unproven, bytesThere.faults]),
    doubled: byActe([twiceOurs, twiceThere]),
    states,
  };
}

const keyOf = (siren: string, numero: string): string => `${siren}/${numero}`;
const invariant = (title: string, count: number, faults: readonly string[]): Invariant => ({
  title,
  count,
  faults,
});

/** Les fautes rassemblées par acte : le texte d'avant les deux-points le nomme. */
function byActe(lists: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const fault of lists.flat()) {
    const [name = fault] = fault.split(' : ');
    found.set(name, found.has(name) ? `${String(found.get(name))} ; ${fault}` : fault);
  }
  return found;
}

function faultOfAnswer(acte: DepositedActe, ours: readonly OurActe[]): readonly string[] {
  return acte.answers.flatMap(({ status, id, identifiantActe }) => {
    if (status === 409) return [`${acte.numeroInterne} : 409 sous sa propre clé`];
    const same = ours.find((one) => one.id === id);
    if (!same) return [`${acte.numeroInterne} : promis (${id}), introuvable en base`];
    return same.identifiant_acte === identifiantActe
      ? []
      : [`${acte.numeroInterne} : promis ${identifiantActe}, inscrit ${same.identifiant_acte}`];
  });
}

/** Un acte retenu l'est pour une raison qu'une personne peut lire. */
function isAtRest({ state, stop_code, is_overdue }: OurActe): boolean {
  if (state === 'held') return stop_code !== null && !TRAY.test(stop_code);
  if (state === 'awaiting-ack') return is_overdue;
  return ['acknowledged', 'rejected', 'cancelled', 'withdrawn'].includes(state);
}

type Archives = ReturnType<PrefectureBook['archivesByActe']>;

function faultOfProof(acte: OurActe, taken: NonNullable<ReturnType<Archives['get']>>): readonly string[] {
  if (acte.state !== 'acknowledged') return [];
  const accepted = taken.find(({ actes }) => actes.some(({ verdict }) => verdict === 'accepte'));
  if (!accepted) return [`${acte.numero_interne} : acquitté ici, jamais accepté là-bas`];
  if (accepted.nom !== acte.nom_archive || accepted.empreinte !== acte.empreinte)
    return [`${acte.numero_interne} : l'archive acceptée n'est pas la nôtre`];
  return acte.retours === 1 ? [] : [`${acte.numero_interne} : ${acte.retours} accusés appliqués`];
}

async function faultsOfBytes(
  depositor: readonly DepositedActe[],
  byNumero: ReadonlyMap<string, readonly OurActe[]>,
  archives: Archives,
  prefecture: PrefectureBook,
): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
  const faults: string[] = [];
  let count = 0;
  for (const acte of depositor) {
    const [ours] = byNumero.get(keyOf(acte.siren, acte.numeroInterne)) ?? [];
    for (const archive of archives.get(ours?.identifiant_acte ?? '') ?? []) {
      count += 1;
      const documents = await prefecture.documentsOf(archive).catch((error: unknown) => [String(error)]);
      if (documents.join() !== [...acte.empreintes].sort().join())
        faults.push(`${acte.numeroInterne} : la préfecture tient d'autres pièces (${archive.nom})`);
    }
  }
  return { count, faults };
}
