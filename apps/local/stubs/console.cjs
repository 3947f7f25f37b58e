// Une console de comédie : écrit le dossier de référence et rend les jetons, ou échoue si ESSAI_CHUTE=console.
const { copyFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

if (process.env.ESSAI_CHUTE === 'console') {
  process.stderr.write('La base ne répond pas.\n');
  process.exit(1);
}
const folder = process.argv[process.argv.indexOf('--sortie') + 1];
const dossier = path.join(folder, 'dossier.json');
writeFileSync(
  dossier,
  JSON.stringify({ document: { fichier: 'extrait.pdf' }, annexes: [{ fichier: 'convention.pdf' }] }),
);
const golden = path.join(__dirname, '..', '..', '..', 'test', 'golden', 'console');
for (const nom of ['extrait.pdf', 'convention.pdf'])
  copyFileSync(path.join(golden, nom), path.join(folder, nom));
const jeton = (role) => `tlt_${role}`;
const roles = ['deposant', 'operateur', 'auditeur', 'administrateur'];
process.stdout.write(
  `${JSON.stringify({ jetons: Object.fromEntries(roles.map((role) => [role, jeton(role)])), dossier, migrations: 3 })}\n`,
);
