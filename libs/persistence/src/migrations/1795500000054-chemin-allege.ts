import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Le journal s'enchaîne de même : ce qui précède se lit ainsi, et la chaîne avance ainsi. */
interface Enchainement {
  readonly avant: string;
  readonly apres: string;
}

const enchainer = ({ avant, apres }: Enchainement): string => `
  CREATE OR REPLACE FUNCTION enchainer_audit() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  BEGIN
    IF (NEW.etat_avant IS NOT NULL OR NEW.etat_apres IS NOT NULL)
      AND NOT (NEW.etat_avant IS NULL AND EXISTS (SELECT 1 FROM naissances n WHERE n.vie = NEW.sujet
        AND n.evenement = NEW.evenement AND n.etat = NEW.etat_apres))
      AND NOT EXISTS (SELECT 1 FROM transitions t WHERE t.vie = NEW.sujet
      AND t.etat_avant = NEW.etat_avant AND t.evenement = NEW.evenement AND t.etat_apres = NEW.etat_apres) THEN
      RAISE EXCEPTION 'transition absente de la table : % % % %', NEW.sujet, NEW.etat_avant, NEW.evenement, NEW.etat_apres
        USING ERRCODE = 'check_violation';
    END IF;
    NEW.chaine := coalesce(NEW.collectivite_id::text, 'plateforme');
    ${avant}
    NEW.empreinte := encode(sha256(convert_to(json_build_array(
      NEW.chaine, NEW.rang::text, to_char(NEW.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      NEW.sujet, NEW.sujet_id, NEW.deliberation_id::text, NEW.evenement, NEW.etat_avant, NEW.etat_apres,
      NEW.acteur_genre, NEW.acteur_id::text, NEW.acteur_nom, NEW.motif, NEW.preuve::text, NEW.empreinte_precedente
    )::text, 'UTF8')), 'hex');
    ${apres}
    RETURN NEW;
  END $$;`;

/** La tête de chaîne verrouillée, puis écrite une fois. */
const UNE_ECRITURE: Enchainement = {
  avant: `SELECT c.rang + 1, c.empreinte INTO NEW.rang, NEW.empreinte_precedente FROM chaines_audit c WHERE c.chaine = NEW.chaine FOR UPDATE;
    IF NOT FOUND THEN
      INSERT INTO chaines_audit (chaine, rang, empreinte) VALUES (NEW.chaine, 0, repeat('0', 64)) ON CONFLICT (chaine) DO NOTHING;
      SELECT c.rang + 1, c.empreinte INTO NEW.rang, NEW.empreinte_precedente FROM chaines_audit c WHERE c.chaine = NEW.chaine FOR UPDATE;
    END IF;`,
  apres: 'UPDATE chaines_audit SET rang = NEW.rang, empreinte = NEW.empreinte WHERE chaine = NEW.chaine;',
};

/** La tête de chaîne écrite deux fois : son rang, puis son empreinte. */
const DEUX_ECRITURES: Enchainement = {
  avant: `INSERT INTO chaines_audit AS c (chaine, rang, empreinte) VALUES (NEW.chaine, 1, repeat('0', 64))
      ON CONFLICT (chaine) DO UPDATE SET rang = c.rang + 1
      RETURNING c.rang, c.empreinte INTO NEW.rang, NEW.empreinte_precedente;`,
  apres: 'UPDATE chaines_audit SET empreinte = NEW.empreinte WHERE chaine = NEW.chaine;',
};

/**
 * Le chemin d'un acte demande moins à la base : la tête d'une chaîne du journal s'écrit une fois par entrée, non deux ; un compte ou un jeton
 * qui change se dit aussitôt à ceux qui gardent un instant ce qu'ils en ont lu.
 */
export class CheminAllege1795500000054 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${enchainer(UNE_ECRITURE)}
      CREATE FUNCTION notifier_comptes() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('comptes', '');
        RETURN NULL;
      END $$;
      CREATE TRIGGER comptes_notifies AFTER INSERT OR UPDATE OR DELETE ON comptes FOR EACH STATEMENT EXECUTE FUNCTION notifier_comptes();
      CREATE TRIGGER jetons_notifies AFTER UPDATE OF expire_le, revoque_le OR DELETE ON jetons
        FOR EACH STATEMENT EXECUTE FUNCTION notifier_comptes();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER jetons_notifies ON jetons;
      DROP TRIGGER comptes_notifies ON comptes;
      DROP FUNCTION notifier_comptes;
      ${enchainer(DEUX_ECRITURES)}`);
  }
}
