import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Ce que demandent les auditeurs et le bureau trouve sa page dans un index, quel que soit le nombre d'actes : l'index donne les actes dans
 * l'ordre de la page, du plus récent au plus ancien. Un acte n'a qu'une transmission 1-1, née avec lui. Les accusés, presque tous, se
 * trouvent en parcourant les actes : les inscrire dans l'index des états coûterait à chacun pour ne servir à personne.
 */
export class LecturesADixMillions1795500000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX transmissions_dans_un_etat_rare ON transmissions (state, deliberation_id)
        WHERE flux = '1-1' AND state <> 'acknowledged';
      CREATE INDEX transmissions_en_retard ON transmissions (state, since, deliberation_id) WHERE flux = '1-1' AND is_overdue;
      CREATE INDEX transmissions_recues_un_jour ON transmissions (date_reception, deliberation_id)
        WHERE flux = '1-1' AND date_reception IS NOT NULL;
      CREATE INDEX transmissions_recues_d_une_collectivite ON transmissions (collectivite_id, date_reception, deliberation_id)
        WHERE flux = '1-1' AND date_reception IS NOT NULL;
      CREATE INDEX transmissions_parties_un_jour
        ON transmissions (((teletransmise_le AT TIME ZONE 'UTC')::date), deliberation_id, teletransmise_le)
        WHERE flux = '1-1' AND teletransmise_le IS NOT NULL;
      DROP INDEX deliberations_decision;
      CREATE INDEX deliberations_decidees_un_jour ON deliberations (date_decision, id);
      CREATE INDEX deliberations_decidees_d_une_collectivite ON deliberations (collectivite_id, date_decision, id);
      CREATE INDEX deliberations_de_ce_numero ON deliberations (translate(upper(numero_interne), '_/. ', '----'), id);
      DROP INDEX publications_date;
      CREATE INDEX publications_faites_un_jour ON publications (date_publication, deliberation_id) WHERE date_publication IS NOT NULL;
      CREATE INDEX publications_a_faire_d_une_collectivite ON publications (collectivite_id, deliberation_id)
        WHERE state = 'unpublished';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX publications_a_faire_d_une_collectivite, publications_faites_un_jour, deliberations_de_ce_numero,
        deliberations_decidees_d_une_collectivite, deliberations_decidees_un_jour, transmissions_parties_un_jour,
        transmissions_recues_d_une_collectivite, transmissions_recues_un_jour, transmissions_en_retard,
        transmissions_dans_un_etat_rare;
      CREATE INDEX publications_date ON publications (date_publication);
      CREATE INDEX deliberations_decision ON deliberations (date_decision);
    `);
  }
}
