import type { Siren } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import type {
  DeliberationId,
  DossierToDeposit,
  DossierToPublish,
  DossierToSeal,
  DossierToSubmit,
  Dossiers,
  Surroundings,
  TransmissionId,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { classificationOf } from '../../mapping/classification-mapping';
import { collectiviteOf } from '../../mapping/collectivite-mapping';
import { deliberationOf } from '../../mapping/deliberation-mapping';
import { LIAISON_COLUMNS } from '../../mapping/liaison-mapping';
import type { LastEnvoiRow } from '../../mapping/envoi-mapping';
import { lastEnvoiSql, openedEnvoiOf } from '../../mapping/envoi-mapping';
import type { PrefectureRow } from '../../mapping/prefecture-mapping';
import { circuitOf, PREFECTURE_COLUMNS } from '../../mapping/prefecture-mapping';
import { routeOf } from '../../mapping/route-mapping';
import { publicationOf } from '../../mapping/publication-mapping';
import { archiveOf, enveloppeOf, transmissionOf } from '../../mapping/transmission-mapping';
import { ClassificationRow } from '../../rows/classification.row';
import { CollectiviteRow } from '../../rows/collectivite.row';
import { DeliberationRow, PieceRow } from '../../rows/deliberation.row';
import { PublicationRow } from '../../rows/publication.row';
import { EnveloppeRow, TransmissionRow } from '../../rows/transmission.row';
import { GUICHET_JOIN, liaisonAtJoin } from '../../sql/guichet-sql';
import { livingFirst } from '../../sql/living-first';
import { prepared } from '../../sql/prepared';
import { SelectedRow } from '../../sql/selected-row';

type Answer = Readonly<Record<string, unknown>>;

/** La dernière nomenclature reçue de la collectivité `c`. */
const CLASSIFICATION_JOIN = `LEFT JOIN LATERAL (SELECT * FROM classifications WHERE collectivite_id = c.id
  ORDER BY date_version DESC LIMIT 1) AS n ON true`;

interface Rows {
  readonly transmission: SelectedRow<TransmissionRow>;
  readonly collectivite: SelectedRow<CollectiviteRow>;
  readonly deliberation: SelectedRow<DeliberationRow>;
  readonly piece: SelectedRow<PieceRow>;
  readonly classification: SelectedRow<ClassificationRow>;
  readonly enveloppe: SelectedRow<EnveloppeRow>;
  readonly publication: SelectedRow<PublicationRow>;
}

/** Les lectures du chemin d'un acte, une par travail. */
export class PgDossiers implements Dossiers {
  private readonly rows: Rows;

  constructor(private readonly dataSource: DataSource) {
    this.rows = {
      transmission: new SelectedRow(dataSource, TransmissionRow, 't'),
      collectivite: new SelectedRow(dataSource, CollectiviteRow, 'c'),
      deliberation: new SelectedRow(dataSource, DeliberationRow, 'a'),
      piece: new SelectedRow(dataSource, PieceRow, 'i'),
      classification: new SelectedRow(dataSource, ClassificationRow, 'n'),
      enveloppe: new SelectedRow(dataSource, EnveloppeRow, 'e'),
      publication: new SelectedRow(dataSource, PublicationRow, 'u'),
    };
  }

  async toDeposit(siren: string): Promise<DossierToDeposit | null> {
    const { collectivite, classification } = this.rows;
    const [found] = await this.ask(
      `SELECT ${collectivite.sql}, ${classification.sql} FROM collectivites c ${CLASSIFICATION_JOIN} WHERE c.siren = $1`,
      siren,
    );
    const owner = found && collectivite.read(found);
    if (!found || !owner) return null;
    const current = classification.read(found);
    return { collectivite: collectiviteOf(owner), classification: current && classificationOf(current) };
  }

  async toSeal(id: TransmissionId, at: Instant): Promise<DossierToSeal | null> {
    const { transmission, collectivite, deliberation, piece, classification, enveloppe } = this.rows;
    const [found] = await this.ask(
      `SELECT ${transmission.sql}, ${collectivite.sql}, ${deliberation.sql}, ${classification.sql}, ${enveloppe.sql},
        (SELECT json_agg(${piece.json} ORDER BY i.rang) FROM pieces i WHERE i.deliberation_id = a.id) AS pieces,
        c.departement, ${PREFECTURE_COLUMNS}, ${LIAISON_COLUMNS}
        FROM transmissions t JOIN collectivites c ON c.id = t.collectivite_id
        ${liaisonAtJoin('$2')} ${GUICHET_JOIN}
        LEFT JOIN deliberations a ON a.id = t.deliberation_id
        LEFT JOIN enveloppes e ON e.transmission_id = t.id AND e.cycle = t.cycle
        ${CLASSIFICATION_JOIN}
        WHERE t.id = $1`,
      id,
      at,
    );
    const sealed = found && transmission.read(found);
    const owner = found && collectivite.read(found);
    if (!found || !sealed || !owner) return null;
    const acte = deliberation.read(found);
    const current = classification.read(found);
    const known = enveloppe.read(found);
    return {
      transmission: transmissionOf(sealed),
      collectivite: collectiviteOf(owner),
      deliberation: acte && deliberationOf(acte, piecesOf(found)),
      classification: current && classificationOf(current),
      enveloppe: known && enveloppeOf(known),
      route: routeOf(found),
    };
  }

  async toSubmit(id: TransmissionId): Promise<DossierToSubmit | null> {
    const { transmission } = this.rows;
    const [found] = await this.ask(
      `SELECT ${transmission.sql}, e.nom_archive, e.empreinte, e.taille_octets, c.siren, c.departement, ${PREFECTURE_COLUMNS}, ${LIAISON_COLUMNS}
        FROM transmissions t JOIN collectivites c ON c.id = t.collectivite_id
        LEFT JOIN liaisons l ON l.id = t.liaison_id ${GUICHET_JOIN}
        LEFT JOIN enveloppes e ON e.id = t.enveloppe_id WHERE t.id = $1`,
      id,
    );
    const row = found && transmission.read(found);
    if (!found || !row) return null;
    const { nom_archive: nom, empreinte, taille_octets: taille, siren } = found as unknown as SealedColumns;
    const route = routeOf(found);
    return {
      transmission: transmissionOf(row),
      archive: archiveOf(nom, empreinte, taille),
      destination: route && {
        ...route,
        siren: siren as Siren,
        circuit: circuitOf(found as unknown as PrefectureRow),
      },
    };
  }

  async toPublish(id: DeliberationId): Promise<DossierToPublish | null> {
    const { deliberation, piece, collectivite, publication } = this.rows;
    const [found] = await this.ask(
      `SELECT ${deliberation.sql}, ${collectivite.sql}, ${publication.sql},
        (SELECT json_agg(${piece.json} ORDER BY i.rang) FROM pieces i WHERE i.deliberation_id = a.id) AS pieces,
        coalesce((SELECT t.deliberation_id = a.id AND t.state = 'acknowledged' FROM transmissions t
          WHERE t.identifiant_acte = a.identifiant_acte AND t.flux = '1-1'
          ${livingFirst('t')}), false) AS acquittee
        FROM deliberations a JOIN collectivites c ON c.id = a.collectivite_id JOIN publications u ON u.deliberation_id = a.id
        WHERE a.id = $1`,
      id,
    );
    const acte = found && deliberation.read(found);
    const owner = found && collectivite.read(found);
    const published = found && publication.read(found);
    if (!found || !acte || !owner || !published) return null;
    return {
      deliberation: deliberationOf(acte, piecesOf(found)),
      collectivite: collectiviteOf(owner),
      publication: publicationOf(published),
      isAcknowledged: found['acquittee'] === true,
    };
  }

  async around(id: TransmissionId): Promise<Surroundings> {
    const { collectivite } = this.rows;
    const [found] = await this.ask(
      `SELECT ${collectivite.sql}, v.enveloppe_id, v.ouvert_le, v.premier FROM transmissions t
        JOIN collectivites c ON c.id = t.collectivite_id
        LEFT JOIN LATERAL (${lastEnvoiSql('t.id')}) AS v ON true WHERE t.id = $1`,
      id,
    );
    const owner = found && collectivite.read(found);
    if (!owner) throw new Error('Transmission sans collectivité');
    return {
      collectivite: collectiviteOf(owner),
      sent: found['enveloppe_id'] === null ? null : openedEnvoiOf(found as unknown as LastEnvoiRow),
    };
  }

  private ask(sql: string, ...values: readonly string[]): Promise<readonly Answer[]> {
    return this.dataSource.query<readonly Answer[]>(prepared(sql), [...values]);
  }
}

interface SealedColumns {
  readonly nom_archive: string | null;
  readonly empreinte: string | null;
  readonly taille_octets: string | null;
  readonly siren: string;
}

function piecesOf(found: Answer): readonly PieceRow[] {
  return (found['pieces'] ?? []) as readonly PieceRow[];
}
