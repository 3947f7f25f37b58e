import type { LoggerService } from '@nestjs/common';
import type { Log } from '@teletransmission/kernel';

/** Fait passer par notre journal ce que Nest dit de lui-même ; seules ses erreurs et alertes nous servent. */
export class NestLog implements LoggerService {
  constructor(private readonly journal: Log) {}

  log(): void {
    // Le démarrage de Nest, module par module, n'apprend rien à l'exploitant.
  }

  error(message: unknown): void {
    this.journal.error('erreur du cadre', {}, message instanceof Error ? message : undefined);
  }

  warn(): void {
    this.journal.warn('alerte du cadre');
  }

  fatal(message: unknown): void {
    this.error(message);
  }
}
