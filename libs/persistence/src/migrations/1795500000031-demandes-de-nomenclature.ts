import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Une demande de nomenclature restée sans réponse se termine et se refait. La table des transitions vaut pour tous les flux : la base tient
 * à part qu'un acte parti, ou peut-être parti, ne se retire pas.
 */
export class DemandesDeNomenclature1795500000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO transitions (vie, etat_avant, evenement, etat_apres) VALUES
        ('transmission', 'uncertain', 'request-ended', 'withdrawn'),
        ('transmission', 'awaiting-ack', 'request-ended', 'withdrawn');
      CREATE FUNCTION parti_ne_se_retire_pas() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'un message parti ne se retire pas : % en %', OLD.flux, OLD.state USING ERRCODE = 'check_violation';
      END $$;
      CREATE TRIGGER transmissions_parties BEFORE UPDATE ON transmissions FOR EACH ROW
        WHEN (OLD.flux <> '7-1' AND OLD.state IN ('uncertain', 'awaiting-ack') AND NEW.state = 'withdrawn')
        EXECUTE FUNCTION parti_ne_se_retire_pas();
      CREATE INDEX transmissions_demandes ON transmissions (since, id) WHERE flux = '7-1' AND state IN ('awaiting-ack', 'uncertain');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX transmissions_demandes;
      DROP TRIGGER transmissions_parties ON transmissions;
      DROP FUNCTION parti_ne_se_retire_pas;
      DELETE FROM transitions WHERE vie = 'transmission' AND evenement = 'request-ended';
    `);
  }
}
