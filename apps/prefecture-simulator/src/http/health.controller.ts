import { Controller, Get } from '@nestjs/common';

/** L'état du processus. Il n'écoute qu'une fois le registre relu et le schéma chargé : prêt dès qu'il répond. */
@Controller('health')
export class HealthController {
  @Get('live')
  live(): { readonly etat: 'ok' } {
    return { etat: 'ok' };
  }

  @Get('ready')
  ready(): { readonly etat: 'ok' } {
    return { etat: 'ok' };
  }
}
