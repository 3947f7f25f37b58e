import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * La liaison d'un acte se fixe à sa mise sous enveloppe, et le suit : l'envoi la porte avec la référence que l'autre bout lui donne, le
 * retour dit par laquelle il est venu. Le budget de l'heure, les fenêtres, le disjoncteur et les départs accordés se comptent par liaison
 * et département. Tout ce qui existe est de la liaison directe.
 */
export class ParLiaison1795500000049 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Une valeur par défaut remplit les lignes d'avant sans en récrire une seule, puis s'ôte : un acte neuf n'a pas encore de liaison.
      ALTER TABLE transmissions ADD COLUMN liaison_id text DEFAULT 'directe' REFERENCES liaisons;
      ALTER TABLE transmissions ALTER COLUMN liaison_id DROP DEFAULT;
      ALTER TABLE transmissions ADD CONSTRAINT scellee_liee
        CHECK (state NOT IN ('sealed', 'sending', 'uncertain', 'awaiting-ack') OR liaison_id IS NOT NULL);
      -- « Qu'attend-on encore de cette liaison ? » : ce qu'une relève par transaction interroge.
      CREATE INDEX transmissions_attendues_par_liaison ON transmissions (liaison_id, id) WHERE state = 'awaiting-ack';

      ALTER TABLE envois ADD COLUMN liaison_id text NOT NULL DEFAULT 'directe' REFERENCES liaisons;
      ALTER TABLE envois ADD COLUMN reference text;
      -- Deux envois d'une liaison peuvent être le même en face ; deux transmissions, jamais.
      CREATE INDEX envois_reference ON envois (liaison_id, reference) WHERE reference IS NOT NULL;

      ALTER TABLE retours ADD COLUMN liaison_id text NOT NULL DEFAULT 'directe' REFERENCES liaisons;
      ALTER TABLE retours DROP CONSTRAINT retours_remise;
      ALTER TABLE retours ADD CONSTRAINT retours_remise UNIQUE (liaison_id, source_id, source, nom, empreinte);
      ALTER TABLE releves_en_echec ADD COLUMN liaison_id text NOT NULL DEFAULT 'directe' REFERENCES liaisons;
      ALTER TABLE releves_en_echec DROP CONSTRAINT releves_en_echec_entree;
      ALTER TABLE releves_en_echec ADD CONSTRAINT releves_en_echec_entree UNIQUE (liaison_id, source, cle);

      ALTER TABLE prefectures ADD COLUMN liaison_id text NOT NULL DEFAULT 'directe' REFERENCES liaisons;
      ALTER TABLE prefectures DROP CONSTRAINT prefectures_pkey;
      ALTER TABLE prefectures ADD PRIMARY KEY (liaison_id, departement);
      ALTER TABLE disjoncteurs ADD COLUMN liaison_id text NOT NULL DEFAULT 'directe' REFERENCES liaisons;
      ALTER TABLE disjoncteurs DROP CONSTRAINT disjoncteurs_pkey;
      ALTER TABLE disjoncteurs ADD PRIMARY KEY (liaison_id, departement);
      ALTER TABLE departs ADD COLUMN liaison_id text NOT NULL DEFAULT 'directe' REFERENCES liaisons;
      DROP INDEX departs_heure;
      CREATE INDEX departs_heure ON departs (liaison_id, departement, accorde_le);
    `);
  }

  /** Ce qui est d'une autre liaison que la directe ne se dit pas dans l'ancien schéma : il faut d'abord n'en avoir plus. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX departs_heure;
      ALTER TABLE departs DROP COLUMN liaison_id;
      CREATE INDEX departs_heure ON departs (departement, accorde_le);
      ALTER TABLE disjoncteurs DROP CONSTRAINT disjoncteurs_pkey;
      ALTER TABLE disjoncteurs ADD PRIMARY KEY (departement);
      ALTER TABLE disjoncteurs DROP COLUMN liaison_id;
      ALTER TABLE prefectures DROP CONSTRAINT prefectures_pkey;
      ALTER TABLE prefectures ADD PRIMARY KEY (departement);
      ALTER TABLE prefectures DROP COLUMN liaison_id;
      ALTER TABLE releves_en_echec DROP CONSTRAINT releves_en_echec_entree;
      ALTER TABLE releves_en_echec ADD CONSTRAINT releves_en_echec_entree UNIQUE (source, cle);
      ALTER TABLE releves_en_echec DROP COLUMN liaison_id;
      ALTER TABLE retours DROP CONSTRAINT retours_remise;
      ALTER TABLE retours ADD CONSTRAINT retours_remise UNIQUE (source, source_id, nom, empreinte);
      ALTER TABLE retours DROP COLUMN liaison_id;
      DROP INDEX envois_reference;
      ALTER TABLE envois DROP COLUMN liaison_id, DROP COLUMN reference;
      DROP INDEX transmissions_attendues_par_liaison;
      ALTER TABLE transmissions DROP CONSTRAINT scellee_liee;
      ALTER TABLE transmissions DROP COLUMN liaison_id;
    `);
  }
}
