import { Controller, Get, Header } from '@nestjs/common';
import { FAVICON, STYLESHEET } from './assets';

/** Ce que toutes les pages partagent, servi sans session : la page de connexion en a besoin. */
@Controller()
export class StyleController {
  @Get('bureau.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  css(): string {
    return STYLESHEET.css;
  }

  @Get('favicon.svg')
  @Header('content-type', 'image/svg+xml')
  @Header('cache-control', 'public, max-age=86400')
  favicon(): string {
    return FAVICON;
  }
}
