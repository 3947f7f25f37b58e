import type { Provider } from '@nestjs/common';
import { SystemClock, TRACE, UuidSource } from '@teletransmission/observability';
import {
  PgAlerteRepository,
  PgDecisionRepository,
  PgEnvoiRepository,
  PgRetourRepository,
  PgTray,
} from '@teletransmission/persistence';
import type {
  AlerteSeuils,
  CollectiviteRepository,
  CorrespondanceRepository,
  TransmissionRepository,
} from '@teletransmission/teletransmission';
import {
  ApplyDecision,
  DecideRetour,
  FindTarget,
  HandleRetour,
  SettleDecision,
  SignalDefere,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';

export interface TrayParts {
  readonly dataSource: DataSource;
  readonly transmissions: TransmissionRepository;
  readonly collectivites: CollectiviteRepository;
  readonly correspondances: CorrespondanceRepository;
  readonly seuils: AlerteSeuils;
}

/** Le bac, à la main : relire, rattacher, décider, mettre de côté. */
export function trayProviders(parts: TrayParts): Provider[] {
  const { dataSource, transmissions, collectivites, correspondances, seuils } = parts;
  const clock = new SystemClock();
  const ids = new UuidSource();
  const retours = new PgRetourRepository(dataSource, TRACE);
  const decisions = new PgDecisionRepository(dataSource, TRACE);
  const envois = new PgEnvoiRepository(dataSource, TRACE);
  const handle = new HandleRetour(retours, new PgTray(dataSource), transmissions, decisions, clock);
  const apply = new ApplyDecision(
    { transmissions, envois, collectivites, decisions },
    new SignalDefere(new PgAlerteRepository(dataSource), seuils, clock, ids),
    clock,
    ids,
  );
  const target = new FindTarget(transmissions, correspondances);
  return [
    { provide: HandleRetour, useValue: handle },
    {
      provide: DecideRetour,
      useValue: new DecideRetour(retours, decisions, { handle, target, apply }, clock, ids),
    },
    {
      provide: SettleDecision,
      useValue: new SettleDecision({ decisions, retours, transmissions }, { handle, apply }, clock),
    },
  ];
}
