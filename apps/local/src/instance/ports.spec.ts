import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { refuseBusyPorts } from './ports';

async function aBusyPort(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

describe('Les ports de l’instance', () => {
  let busy: { server: Server; port: number };
  let other: { server: Server; port: number };
  beforeEach(async () => {
    busy = await aBusyPort();
    other = await aBusyPort();
  });
  afterEach(() => {
    busy.server.close();
    other.server.close();
  });
  const planned = (variable: string, port: number): { variable: string; host: string; port: number } => ({
    variable,
    host: '127.0.0.1',
    port,
  });

  it('tous pris : le refus les nomme tous, et dit comment en changer', async () => {
    const refusal = refuseBusyPorts([planned('API_PORT', busy.port), planned('ADMIN_PORT', other.port)]);
    await expect(refusal).rejects.toMatchObject({ code: 'local/port-in-use' });
    await expect(refusal).rejects.toThrow(
      `API_PORT ${busy.port} (déjà pris), ADMIN_PORT ${other.port} (déjà pris)`,
    );
    await expect(refusal).rejects.toThrow('--port-base');
  });

  it('libres : rien ne s’y oppose', async () => {
    const { port } = busy;
    await new Promise((resolve) => busy.server.close(resolve));
    await expect(refuseBusyPorts([planned('API_PORT', port)])).resolves.toBeUndefined();
  });

  it('le même demandé deux fois est refusé', async () => {
    const { port } = busy;
    await new Promise((resolve) => busy.server.close(resolve));
    await expect(refuseBusyPorts([planned('API_PORT', port), planned('ADMIN_PORT', port)])).rejects.toThrow(
      `ADMIN_PORT ${port} (demandé deux fois)`,
    );
  });

  it('patiente quand une instance tuée rend les siens', async () => {
    const { port, server } = busy;
    const waiting = refuseBusyPorts([planned('API_PORT', port)], 10_000);
    server.close();
    await expect(waiting).resolves.toBeUndefined();
  });
});
