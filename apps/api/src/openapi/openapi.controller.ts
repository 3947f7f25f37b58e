import { Controller, Get } from '@nestjs/common';
import { openapiDocument } from './openapi-document';

/** La description de l'API, pour les machines. */
@Controller('openapi.json')
export class OpenapiController {
  private readonly document = openapiDocument();

  @Get()
  serve(): Record<string, unknown> {
    return this.document;
  }
}
