import { setTimeout as delay } from 'node:timers/promises';
import { OurBook } from '../faults/our-book';
import { openInstance } from '../processes/open-instance';
import { runCommand } from './run-command';

const USAGE = `Emploi : npm run -s essai:fige -- [--actes N] [--periode S] [--balayages N] [--json]
  --actes N      actes en vol, tous dans les délais sauf un (10000)
  --periode S    secondes entre deux balayages (60, le réglage de production)
  --balayages N  balayages regardés après le premier signalement (2)
Codes de sortie : 0 l'acte figé est signalé seul, une fois, à temps ; 1 sinon ; 2 mal employé ; 130 interrompu.`;

/** L'acte figé passe son échéance peu après le lancement : on voit le service s'en apercevoir, non le trouver déjà en retard. */
const DUE_IN_S = 15;
const WITHIN_S = 300;
const PER_COLLECTIVITE = 200;

/** Ce qui dit un acte en retard : aujourd'hui une entrée d'audit et un drapeau. Une alerte s'ajoutera ici. */
const SIGNALS = `
  SELECT t.id, t.ack_due_at, t.is_overdue AS drapeau, coalesce(a.signalements, 0) AS signalements, a.premier
  FROM transmissions t FULL JOIN (
    SELECT sujet_id::uuid AS id, count(*)::int AS signalements, min(instant) AS premier FROM audit_entries
    WHERE sujet = 'transmission' AND evenement = 'ack-deadline-passed' GROUP BY sujet_id) a USING (id)
  WHERE t.is_overdue OR a.signalements > 0`;

interface Signal {
  readonly id: string;
  readonly ack_due_at: Date;
  readonly drapeau: boolean;
  readonly signalements: number;
  readonly premier: Date | null;
}

/** Sème une collectivité et ses actes en attente d'accusé, par les vraies tables ; un seul ordre, que les clés étrangères jugent entier. */
const SEED = `
  WITH c AS (
    INSERT INTO collectivites (id, siren, nom, departement, arrondissement, nature_collectivite, fuseau, classification_date_version)
    VALUES (gen_random_uuid(), $1::text, 'Commune ' || $1::text, '034', '3', '31', 'Europe/Paris', '2019-08-29') RETURNING id),
  d AS (
    INSERT INTO deliberations (id, collectivite_id, identifiant_acte, numero_interne, nature, date_decision, objet, objet_recherche,
      matiere, votants, pour, contre, abstentions, blancs, nuls, voix_preponderante, deposee_le, deposee_par)
    SELECT gen_random_uuid(), c.id, '034-' || $1::text || '-20221020-V' || n || '-DE', 'V' || n, 'DE', '2022-10-20', 'Acte en vol ' || n,
      'acte en vol ' || n, '8.1', 24, 24, 0, 0, 0, 0, false, now(), $3::uuid FROM c, generate_series(1, $2::int) n RETURNING *),
  t AS (
    INSERT INTO transmissions (id, deliberation_id, collectivite_id, identifiant_acte, flux, state, since, version, cycle, turn,
      ack_due_at, enveloppe_id, liaison_id, teletransmise_le)
    SELECT gen_random_uuid(), d.id, d.collectivite_id, d.identifiant_acte, '1-1', 'awaiting-ack', now(), 4, 1, 1,
      now() + make_interval(hours => 1 + (random() * 20)::int), gen_random_uuid(), 'directe', now() FROM d RETURNING *),
  e AS (
    INSERT INTO enveloppes (id, transmission_id, collectivite_id, cycle, siren, jour, numero, nom_archive, empreinte, taille_octets, scellee_le)
    SELECT t.enveloppe_id, t.id, t.collectivite_id, 1, $1::text, '2022-10-21', row_number() OVER (), 'TLT-TACT--' || $1::text || '--20221021-'
      || row_number() OVER () || '.tar.gz', encode(sha256(t.id::text::bytea), 'hex'), 1000, now() FROM t RETURNING id),
  v AS (
    INSERT INTO envois (id, transmission_id, collectivite_id, enveloppe_id, turn, ouvert_le, bail_jusqua, clos_le, outcome, code, jeton)
    SELECT gen_random_uuid(), t.id, t.collectivite_id, t.enveloppe_id, 1, now(), now(), now(), 'accepted', 'prefecture/http-201',
      3 FROM t RETURNING id),
  p AS (
    INSERT INTO publications (deliberation_id, collectivite_id, state) SELECT d.id, d.collectivite_id, 'unpublished' FROM d RETURNING 1)
  INSERT INTO audit_entries (collectivite_id, deliberation_id, sujet, sujet_id, evenement, etat_avant, etat_apres, instant,
    acteur_genre, preuve)
  SELECT t.collectivite_id, t.deliberation_id, 'transmission', t.id::text, h.evenement, h.avant, h.apres, now(), 'service', '{}'
    FROM t, (VALUES (1, 'deposited', NULL, 'queued'), (2, 'enveloppe-sealed', 'queued', 'sealed'),
      (3, 'envoi-opened', 'sealed', 'sending'), (4, 'envoi-accepted', 'sending', 'awaiting-ack')) h (n, evenement, avant, apres)
    ORDER BY t.id, h.n`;

runCommand(
  USAGE,
  { '--actes': 10_000, '--periode': 60, '--balayages': 2 },
  async ({ numbers, isJson, say, print, signal, opened }) => {
    const { actes = 0, periode = 0, balayages = 0 } = numbers;
    const service = await openInstance(opened, {
      workers: 1,
      settings: { BALAYAGE_PERIODE_MS: String(periode * 1_000) },
      signal,
    });
    const book = await OurBook.open(service.databaseUrl);
    opened.push({ close: () => book.close() });
    const seeding = performance.now();
    await seed(book, actes);
    const frozen = await freeze(book);
    say(
      `${actes} actes en vol, semés en ${seconds(performance.now() - seeding)} s ; l'un sera en retard dans ${DUE_IN_S} s.`,
    );
    const first = await flagged(book, signal);
    say('signalé ; on regarde les balayages suivants.');
    await delay(periode * 1_000 * balayages + 5_000, undefined, { signal });
    const after = await book.query<Signal>(SIGNALS);
    const lateS = ((first.premier?.getTime() ?? Infinity) - first.ack_due_at.getTime()) / 1_000;
    const [only] = after;
    const isAlone = after.length === 1 && only?.id === frozen;
    const isOnce = only?.signalements === 1 && only.drapeau;
    const isGood = isAlone && isOnce && lateS <= WITHIN_S;
    const result = {
      actes,
      periodeS: periode,
      signales: after.length,
      signalements: only?.signalements ?? 0,
      retardDuSignalementS: lateS,
      balayagesDeSuite: balayages,
    };
    print(
      isJson
        ? JSON.stringify({ ...result, conforme: isGood })
        : [
            `Actes en vol : ${actes}. Balayage toutes les ${periode} s, réglage de production : 60 s.`,
            `Signalé ${lateS.toLocaleString('fr-FR', { maximumFractionDigits: 1 })} s après son échéance (limite ${WITHIN_S} s).`,
            `Signalés : ${after.length} ; l'acte figé : ${isAlone ? 'lui seul' : 'PAS lui seul'} ; signalé ${only?.signalements ?? 0} fois après ${balayages} balayages de plus.`,
            isGood ? 'conforme' : 'NON CONFORME',
          ].join('\n'),
    );
    return isGood ? 0 : 1;
  },
);

async function seed(book: OurBook, actes: number): Promise<void> {
  const [compte] = await book.query<{ id: string }>('SELECT id FROM comptes LIMIT 1');
  for (let left = actes, rank = 1; left > 0; left -= PER_COLLECTIVITE, rank += 1) {
    // Une transaction par collectivité : chacune a sa chaîne d'audit.
    await book.query(SEED, [
      `9${String(rank).padStart(8, '0')}`,
      Math.min(left, PER_COLLECTIVITE),
      compte?.id,
    ]);
  }
  await book.query('ANALYZE');
}

/** Choisit un acte au milieu des autres et avance son échéance. */
async function freeze(book: OurBook): Promise<string> {
  const [frozen] = await book.query<{ id: string }>(
    `UPDATE transmissions SET ack_due_at = now() + make_interval(secs => $1), version = version + 1
      WHERE id = (SELECT id FROM transmissions WHERE state = 'awaiting-ack' ORDER BY id OFFSET (SELECT count(*) / 2 FROM transmissions) LIMIT 1)
      RETURNING id`,
    [DUE_IN_S],
  );
  if (!frozen) throw new Error('Aucun acte à figer');
  return frozen.id;
}

async function flagged(book: OurBook, signal: AbortSignal): Promise<Signal> {
  const deadline = performance.now() + (DUE_IN_S + WITHIN_S + 60) * 1_000;
  for (;;) {
    const [found] = await book.query<Signal>(SIGNALS);
    if (found) return found;
    if (performance.now() > deadline) throw new Error('L’acte figé n’est pas signalé.');
    await delay(500, undefined, { signal });
  }
}

const seconds = (ms: number): number => Math.round(ms / 1_000);
