/**
 * Le vocabulaire fermé du journal technique. Un champ qui n'est pas ici ne compile pas :
 * c'est ainsi que ni nom, ni adresse, ni contenu de document n'entrent dans un journal.
 */
export interface LogFields {
  readonly transmissionId?: string;
  readonly deliberationId?: string;
  readonly collectiviteId?: string;
  readonly retourId?: string;
  /** Un retour que la préfecture annonce et qui ne se relève pas. */
  readonly releveId?: string;
  /** L'identité que la préfecture donne à un retour, et son nom de fichier : ce sont ses mots, non ceux d'une personne. */
  readonly sourceId?: string;
  readonly nomRetour?: string;
  readonly identifiantActe?: string;
  readonly siren?: string;
  readonly queue?: string;
  readonly jobId?: string;
  readonly turn?: number;
  readonly state?: string;
  readonly event?: string;
  readonly code?: string;
  readonly dependance?: string;
  readonly durationMs?: number;
  readonly count?: number;
  readonly sizeBytes?: number;
  readonly traceId?: string;
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  readonly port?: number;
  readonly compteId?: string;
}

/** Journal technique. Le message est constant ; ce qui varie est un champ. `error` garde sa cause. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields, error?: unknown): void;
  with(fields: LogFields): Log;
}
