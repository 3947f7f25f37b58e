import { CollectivitesEtComptes1795500000001 } from './1795500000001-collectivites-et-comptes';
import { Deliberations1795500000002 } from './1795500000002-deliberations';
import { Transmissions1795500000003 } from './1795500000003-transmissions';
import { JournalAudit1795500000004 } from './1795500000004-journal-audit';
import { BoiteDEnvoi1795500000005 } from './1795500000005-boite-d-envoi';
import { Annulations1795500000006 } from './1795500000006-annulations';
import { Classifications1795500000007 } from './1795500000007-classifications';
import { Correspondances1795500000008 } from './1795500000008-correspondances';
import { Signatures1795500000009 } from './1795500000009-signatures';
import { Corrections1795500000010 } from './1795500000010-corrections';
import { BauxEtConstats1795500000011 } from './1795500000011-baux-et-constats';
import { PolitiqueDesRetours1795500000012 } from './1795500000012-politique-des-retours';
import { Prefectures1795500000013 } from './1795500000013-prefectures';
import { RangsDeFile1795500000014 } from './1795500000014-rangs-de-file';
import { Exploitation1795500000016 } from './1795500000016-exploitation';
import { Retention1795500000017 } from './1795500000017-retention';
import { CourriersParUrgence1795500000018 } from './1795500000018-courriers-par-urgence';
import { Alertes1795500000019 } from './1795500000019-alertes';
import { ImagesRestaurees1795500000022 } from './1795500000022-images-restaurees';
import { RemarquesDesPieces1795500000025 } from './1795500000025-remarques-des-pieces';
import { IdentiteDesRetours1795500000027 } from './1795500000027-identite-des-retours';
import { RemarquesDesRetours1795500000028 } from './1795500000028-remarques-des-retours';
import { RelevesEnEchec1795500000029 } from './1795500000029-releves-en-echec';
import { DecisionsDesRetours1795500000030 } from './1795500000030-decisions-des-retours';
import { DemandesDeNomenclature1795500000031 } from './1795500000031-demandes-de-nomenclature';
import { Deferes1795500000032 } from './1795500000032-deferes';
import { Quotas1795500000033 } from './1795500000033-quotas';
import { Roles1795500000036 } from './1795500000036-roles';
import { Horloges1795500000037 } from './1795500000037-horloges';
import { Jetons1795500000038 } from './1795500000038-jetons';
import { HeuresGardees1795500000040 } from './1795500000040-heures-gardees';
import { PublicationsFondees1795500000041 } from './1795500000041-publications-fondees';
import { EnvoisNonPris1795500000042 } from './1795500000042-envois-non-pris';
import { RetoursDecides1795500000043 } from './1795500000043-retours-decides';
import { SuitesDesReponses1795500000047 } from './1795500000047-suites-des-reponses';
import { Liaisons1795500000048 } from './1795500000048-liaisons';
import { ParLiaison1795500000049 } from './1795500000049-par-liaison';
import { MessagesRecus1795500000050 } from './1795500000050-messages-recus';
import { LecturesADixMillions1795500000051 } from './1795500000051-lectures-a-dix-millions';
import { CheminAllege1795500000054 } from './1795500000054-chemin-allege';

/** Toutes les migrations, la plus récente en dernier. Une migration publiée ne se modifie plus. */
export const MIGRATIONS = [
  CollectivitesEtComptes1795500000001,
  Deliberations1795500000002,
  Transmissions1795500000003,
  JournalAudit1795500000004,
  BoiteDEnvoi1795500000005,
  Annulations1795500000006,
  Classifications1795500000007,
  Correspondances1795500000008,
  Signatures1795500000009,
  Corrections1795500000010,
  BauxEtConstats1795500000011,
  PolitiqueDesRetours1795500000012,
  Prefectures1795500000013,
  RangsDeFile1795500000014,
  Exploitation1795500000016,
  Retention1795500000017,
  CourriersParUrgence1795500000018,
  Alertes1795500000019,
  ImagesRestaurees1795500000022,
  RemarquesDesPieces1795500000025,
  IdentiteDesRetours1795500000027,
  RemarquesDesRetours1795500000028,
  RelevesEnEchec1795500000029,
  DecisionsDesRetours1795500000030,
  DemandesDeNomenclature1795500000031,
  Deferes1795500000032,
  Quotas1795500000033,
  Roles1795500000036,
  Horloges1795500000037,
  Jetons1795500000038,
  HeuresGardees1795500000040,
  PublicationsFondees1795500000041,
  EnvoisNonPris1795500000042,
  RetoursDecides1795500000043,
  SuitesDesReponses1795500000047,
  Liaisons1795500000048,
  ParLiaison1795500000049,
  MessagesRecus1795500000050,
  LecturesADixMillions1795500000051,
  CheminAllege1795500000054,
] as const;
