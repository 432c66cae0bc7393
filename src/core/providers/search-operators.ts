// Belongs here: the list from which a person chooses by the names they know. Does NOT belong here: choosing for them.
import { findByDomain } from "./find-operator.ts";
import type { Operator, Service } from "./operator.ts";
import { OPERATORS } from "./operators.ts";
import { readTypedAddress } from "./typed-address.ts";

/** One line of the list. */
export interface OperatorChoice {
  readonly operator: Operator;
  /** `null`: nothing can be proposed, `operator.noServices` says why. */
  readonly service: Service | null;
  /** The other name under which it was found, such as a reseller's or a domain; `null` when the line shows it anyway. */
  readonly foundBy: string | null;
}

/** Attack: a pasted file searched for at each key. Nobody types a longer name. */
const MAX_SEARCH_LENGTH = 100;

/** How well a name fits, best first. */
const FITS = { equal: 0, begins: 1, contains: 2, wordsOnly: 3 } as const;

/**
 * Every line whose names hold every word of `text`; capitals, accents, dots and hyphens do not count. The best fit first, those that can
 * be used before the others, else the order of the directory. Empty text: all that can be used. An address is searched by its domain.
 */
export function searchOperators(text: string): readonly OperatorChoice[] {
  const sought = text.slice(0, MAX_SEARCH_LENGTH).trim();
  const words = sought
    .split(/[\s@/,;()]+/)
    .map(folded)
    .filter((word) => word !== "");
  if (words.length === 0) return choices().filter(({ service }) => service !== null);
  const address = readTypedAddress(sought);
  if (typeof address !== "string") return choicesOfDomain(address.domain);
  return choices()
    .flatMap((choice) => {
      const fit = fitOf(choice, folded(sought), words);
      return fit === null ? [] : [{ ...fit, choice }];
    })
    .toSorted((a, b) => usability(a.choice) - usability(b.choice) || a.rank - b.rank)
    .map(({ choice, foundBy }) => ({ ...choice, foundBy }));
}

const usability = ({ service }: OperatorChoice): number => (service === null ? 1 : 0);

const choices = (): readonly OperatorChoice[] =>
  OPERATORS.flatMap((operator): OperatorChoice[] =>
    operator.services.length === 0
      ? [{ operator, service: null, foundBy: null }]
      : operator.services.map((service) => ({ operator, service, foundBy: null })),
  );

function choicesOfDomain(domain: string): readonly OperatorChoice[] {
  const found = findByDomain(domain);
  if (found?.kind !== "operator") return [];
  return choices().filter(
    ({ operator, service }) => operator === found.operator && (found.service === null || service === found.service),
  );
}

function fitOf(
  choice: OperatorChoice,
  sought: string,
  words: readonly string[],
): { readonly rank: number; readonly foundBy: string | null } | null {
  const names = namesOf(choice);
  if (!words.every((word) => names.some((name) => folded(name).includes(word)))) return null;
  const ranked = names
    .map((name) => ({ name, rank: rankOf(folded(name), sought) }))
    .reduce((best, each) => (each.rank < best.rank ? each : best));
  return { rank: ranked.rank, foundBy: shownNames(choice).includes(ranked.name) ? null : ranked.name };
}

function rankOf(name: string, sought: string): number {
  if (name === sought) return FITS.equal;
  if (name.startsWith(sought)) return FITS.begins;
  return name.includes(sought) ? FITS.contains : FITS.wordsOnly;
}

const shownNames = ({ operator, service }: OperatorChoice): readonly string[] =>
  service === null ? [operator.name] : [operator.name, service.name];

/** A service of its own domains is found by these and by its operator's name; what is the operator's leads to the other services. */
function namesOf(choice: OperatorChoice): readonly string[] {
  const { operator, service } = choice;
  const own = operator.domains.filter((rule) => rule.service === service?.id).map(({ domain }) => domain);
  if (service?.kind === "own-hosts") return [...shownNames(choice), ...operator.aliases, ...own];
  const general = operator.domains.filter((rule) => rule.service === null).map(({ domain }) => domain);
  return [
    ...shownNames(choice),
    ...operator.aliases,
    ...operator.resellers.map(({ name }) => name),
    ...(operator.legalName.value === null ? [] : [operator.legalName.value]),
    ...own,
    ...general,
    ...operator.endedDomains.map(({ domain }) => domain),
  ];
}

/** Letters and digits only, without accents and capitals. */
const folded = (text: string): string =>
  text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
