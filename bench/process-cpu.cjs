// Le processeur qu'un processus a pris, lu dans /proc (Linux).
const { readdirSync, readFileSync } = require('node:fs');

/** Centièmes de seconde : USER_HZ vaut 100 sur tout Linux. */
const TICK_MS = 10;

function fieldsOf(pid) {
  // proc(5) : le nom, entre parenthèses, peut contenir des espaces.
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
}

/** Utilisateur + système, en millisecondes. */
exports.cpuOf = function cpuOf(pid) {
  const fields = fieldsOf(pid);
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
};

/** Le même d'un père et de tous ses enfants, morts compris : PostgreSQL ouvre un processus par connexion. */
exports.cpuOfFamily = function cpuOfFamily(pid) {
  // Les vivants d'abord : qui meurt après se compterait deux fois, de quelques millièmes ; l'inverse le perdrait.
  const living = readdirSync('/proc').reduce((sum, name) => sum + cpuOfChild(name, pid), 0);
  const parent = fieldsOf(pid);
  const dead = (Number(parent[13]) + Number(parent[14])) * TICK_MS;
  return living + exports.cpuOf(pid) + dead;
};

/** Celui d'un enfant de `pid` ; zéro pour tout autre, et pour qui vient de mourir. */
function cpuOfChild(name, pid) {
  if (!/^\d+$/.test(name)) return 0;
  try {
    return Number(fieldsOf(name)[1]) === pid ? exports.cpuOf(name) : 0;
  } catch {
    return 0;
  }
}
