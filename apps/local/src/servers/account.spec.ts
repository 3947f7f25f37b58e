import { accountForPostgres } from './account';

const nobody = 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin';
const root = 'root:x:0:0:root:/root:/bin/bash';

describe('Le compte de PostgreSQL', () => {
  it('sous root, est « postgres » s’il existe, sinon « nobody »', () => {
    const passwd = `${root}\n${nobody}\npostgres:x:101:104::/var/lib/postgresql:/bin/bash\n`;
    expect(accountForPostgres(passwd, 0)).toEqual({ name: 'postgres', uid: 101, gid: 104 });
    expect(accountForPostgres(`${root}\n${nobody}\n`, 0)).toEqual({ name: 'nobody', uid: 65534, gid: 65534 });
  });

  it('n’est jamais root, fût-ce sous un autre nom', () => {
    expect(accountForPostgres(`${root}\npostgres:x:0:0::/:/bin/sh\n`, 0)).toBeNull();
  });

  it('est le nôtre quand nous ne sommes pas root', () => {
    expect(accountForPostgres(`${root}\n${nobody}\n`, 1000)).toBeNull();
  });
});
