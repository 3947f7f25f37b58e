import type { FastifyRequest } from 'fastify';
import type { RouteDescription } from './routes';
import { ROUTES } from './routes';

/** Les routes décrites, sous le nom que le serveur leur donne. */
const BY_NAME = new Map(
  ROUTES.map((route) => [
    `${route.method.toUpperCase()} ${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    route,
  ]),
);

/** La description de la route qui prend cette demande ; aucune pour une adresse ou une méthode qui n'est pas servie. */
export function describedRouteOf({ method, routeOptions }: FastifyRequest): RouteDescription | undefined {
  return BY_NAME.get(`${method === 'HEAD' ? 'GET' : method} ${routeOptions.url ?? ''}`);
}
