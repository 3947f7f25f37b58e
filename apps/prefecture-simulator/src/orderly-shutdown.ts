import type { Server } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { JudgementLane } from './instruction/judgement-lane';
import { Ledger } from './ledger/ledger';

const RONDE_MS = 20;

/** L'arrêt en ordre : laisser finir les requêtes, puis le jugement en cours, puis fermer le registre. */
@Injectable()
export class OrderlyShutdown implements BeforeApplicationShutdown, OnApplicationShutdown {
  private ronde: NodeJS.Timeout | undefined;

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly lane: JudgementLane,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Node ferme une fois les connexions oisives ; celle dont la réponse s'achève juste après resterait ouverte
   * jusqu'à son délai de veille, et l'arrêt avec elle. On repasse donc jusqu'à la dernière.
   */
  beforeApplicationShutdown(): void {
    const server = this.http.httpAdapter.getHttpServer() as Server;
    this.ronde = setInterval(() => {
      server.closeIdleConnections();
    }, RONDE_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.ronde);
    await this.lane.stop();
    await this.ledger.close();
  }
}
