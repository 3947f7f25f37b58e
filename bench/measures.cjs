// Mesurer, résumer, montrer où l'on en est, et s'arrêter proprement.
const { spawn } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const running = new Set();
let folder;

/** Un dossier de travail, ôté à la fin, même interrompue. */
exports.openWorkFolder = function openWorkFolder() {
  folder = mkdtempSync(path.join(tmpdir(), 'banc-actes-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ]) {
    process.once(signal, () => {
      for (const child of running) child.kill('SIGKILL');
      process.stderr.write('\nInterrompu ; rien n’est laissé derrière.\n');
      process.exit(code);
    });
  }
  return folder;
};

/** Lance un programme et rend son code, ses sorties et sa durée. */
exports.run = function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const outputs = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => (outputs[name] += chunk));
    running.add(child);
    child.on('error', reject);
    child.on('close', (status, signal) => {
      running.delete(child);
      resolve({ status, signal, ...outputs, durationMs: performance.now() - started });
    });
  });
};

/** CPU (utilisateur + système) et durée d'un travail fait ici, en millisecondes par acte. */
exports.measureHere = async function measureHere(count, work) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work(count);
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000 / count, wallMs: (performance.now() - started) / count };
};

/** Les mêmes mesures pour une boucle de shell : `times` donne le temps des processus qu'elle a lancés. */
exports.measureShell = async function measureShell(count, script, cwd) {
  const { status, stdout, stderr, durationMs } = await exports.run('sh', ['-c', `${script}\ntimes`], { cwd });
  if (status !== 0) throw new Error(`« ${script} » a échoué : ${stderr.trim()}`);
  const times = stdout.trim().split('\n').at(-1).split(/\s+/).map(secondsOf);
  return { cpuMs: ((times[0] + times[1]) * 1000) / count, wallMs: durationMs / count };
};

function secondsOf(text) {
  const [, minutes, seconds] = /^(\d+)m([\d.,]+)s$/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds?.replace(',', '.'));
}

/** Médiane, minimum et maximum. */
exports.summary = function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const mediane = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { mediane, min: sorted[0], max: sorted.at(-1) };
};

/** Dit où l'on en est sur la sortie d'erreur : la sortie standard est aux résultats. */
exports.progress = function progress(text) {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
};
exports.endProgress = function endProgress() {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
};

exports.number = (value, digits = 2) =>
  value.toLocaleString('fr-FR', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Un tableau aligné, la première colonne à gauche, les autres à droite. */
exports.table = function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('  '),
    )
    .join('\n');
};

/** Ce qui se répète, et ce qui se charge. */
const NUMBERS = { nombre: /^[1-9]\d{0,3}$/, 'grand nombre': /^[1-9]\d{0,7}$/ };

/** Lit les options permises, ou finit avec le code 2 en disant l'emploi. */
exports.readOptions = function readOptions(usage, names) {
  const options = {};
  const args = process.argv.slice(2);
  for (let index = 0; index < args.length; index += 1) {
    const kind = names[args[index]];
    const form = NUMBERS[kind];
    const value = form ? args[(index += 1)] : true;
    if (!kind || (form && !form.test(value ?? ''))) {
      const asked = args.includes('--aide') || args.includes('-h');
      process[asked ? 'stdout' : 'stderr'].write(`${usage}\n`);
      process.exit(asked ? 0 : 2);
    }
    options[args[form ? index - 1 : index].slice(2)] = form ? Number(value) : true;
  }
  return options;
};
