import type { Violation } from '@teletransmission/kernel';
import type { Collectivite } from '@teletransmission/teletransmission';
import { TRANSMISSION_STATE_LABELS, TRANSMISSION_STATES } from '@teletransmission/teletransmission';
import type { ComponentChildren, VNode } from 'preact';
import type { FilterField, ListFilter } from './list-filter';

interface FilterFormProps {
  readonly filter: ListFilter;
  /** Les collectivités offertes au choix ; vide pour un compte qui n'en voit qu'une. */
  readonly collectivites: readonly Pick<Collectivite, 'siren' | 'nom'>[];
  readonly violations: readonly Violation[];
}

interface FieldProps {
  readonly field: FilterField;
  readonly label: string;
  readonly violations: readonly Violation[];
  readonly children: ComponentChildren;
}

function Field({ field, label, violations, children }: FieldProps): VNode {
  const faults = violations.filter(({ pointer }) => pointer === `/${field}`);
  return (
    <div class="champ">
      <label for={field}>{label}</label>
      {children}
      {faults.map(({ detail }) => (
        <p key={detail} class="champ-faute">
          {detail}
        </p>
      ))}
    </div>
  );
}

function StateField({ filter, violations }: FilterFormProps): VNode {
  return (
    <Field field="etat" label="État" violations={violations}>
      <select id="etat" name="etat">
        <option value="">Tous</option>
        {TRANSMISSION_STATES.map((state) => (
          <option key={state} value={state} selected={filter.etat === state}>
            {TRANSMISSION_STATE_LABELS[state].signe} {TRANSMISSION_STATE_LABELS[state].mot}
          </option>
        ))}
      </select>
    </Field>
  );
}

function CollectiviteField({ filter, collectivites, violations }: FilterFormProps): VNode {
  const isKnown = filter.siren === undefined || collectivites.some(({ siren }) => siren === filter.siren);
  return (
    <Field field="siren" label="Collectivité" violations={violations}>
      <select id="siren" name="siren">
        <option value="">Toutes</option>
        {isKnown ? null : (
          <option value={filter.siren} selected>
            {filter.siren}
          </option>
        )}
        {collectivites.map(({ siren, nom }) => (
          <option key={siren} value={siren} selected={filter.siren === siren}>
            {nom} ({siren})
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Ce qui sert moins souvent, replié tant que rien n'y est choisi. */
function FinerFields({ filter, violations }: FilterFormProps): VNode {
  const isUsed = [filter.matiere, filter.du, filter.au].some((value) => value !== undefined);
  return (
    <details open={isUsed} class="plus-de-criteres">
      <summary>Plus de critères</summary>
      <div class="champs">
        <Field field="matiere" label="Matière (7 ou 7.10)" violations={violations}>
          <input id="matiere" name="matiere" type="text" inputMode="decimal" value={filter.matiere ?? ''} />
        </Field>
        <Field field="du" label="Décision, du" violations={violations}>
          <input id="du" name="du" type="date" value={filter.du ?? ''} />
        </Field>
        <Field field="au" label="au (inclus)" violations={violations}>
          <input id="au" name="au" type="date" value={filter.au ?? ''} />
        </Field>
      </div>
    </details>
  );
}

/** Le filtre de la liste : un formulaire GET, sans script, dont l'adresse garde la vue. */
export function ListFilterForm(props: FilterFormProps): VNode {
  const { filter, collectivites, violations } = props;
  return (
    <form
      method="get"
      action="/deliberations"
      class="carte filtre"
      role="search"
      aria-label="Filtrer les délibérations"
    >
      <div class="champs">
        <Field field="identifiant" label="Numéro ou identifiant, même en partie" violations={violations}>
          <input id="identifiant" name="identifiant" type="search" value={filter.identifiant ?? ''} />
        </Field>
        <Field field="mots" label="Mots de l’objet" violations={violations}>
          <input id="mots" name="mots" type="search" value={filter.mots ?? ''} />
        </Field>
        <StateField {...props} />
        {collectivites.length === 0 ? null : <CollectiviteField {...props} />}
      </div>
      <p class="case">
        <input id="retard" name="retard" type="checkbox" value="oui" checked={filter.retard === 'oui'} />
        <label for="retard">Seulement celles dont l’accusé est en retard</label>
      </p>
      <p class="case">
        <input
          id="publication"
          name="publication"
          type="checkbox"
          value="a-faire"
          checked={filter.publication === 'a-faire'}
        />
        <label for="publication">Seulement celles qui restent à publier</label>
      </p>
      <FinerFields {...props} />
      <p class="actions">
        <button type="submit" class="bouton">
          Filtrer
        </button>
        <a href="/deliberations">Tout montrer</a>
      </p>
    </form>
  );
}
