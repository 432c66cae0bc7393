// Belongs here: how many answers were right, as a table. Does NOT belong here: which of them make a test fail (see pkits.test.ts).
import type { PkitsCase, PkitsSection } from "./pkits-suite.ts";

export type Answer = "valid" | "invalid" | "undecided";

export interface Score {
  readonly form: "message" | "certificate";
  readonly name: string;
  readonly answer: Answer;
}

const FORMS = ["certificate", "message"] as const;

/**
 * One line for each section: right, undecided and wrong of all, once for certificates and once for messages. Undecided counts as right where
 * NIST wants a path refused because its revocation cannot be known.
 */
export function scoreTable(
  sections: readonly PkitsSection[],
  cases: readonly PkitsCase[],
  scores: readonly Score[],
): string {
  const lines = sections.map(({ number, title }) => {
    const ofSection = cases.filter(({ section }) => section === number);
    const columns = FORMS.map((form) => {
      const counts = { right: 0, undecided: 0, wrong: 0 };
      for (const { name, expected } of ofSection) {
        const answer = scores.find((score) => score.form === form && score.name === name)?.answer;
        counts[answer === undefined ? "wrong" : gradeOf(expected, answer)] += 1;
      }
      return `${[counts.right, counts.undecided, counts.wrong].map((count) => String(count).padStart(6)).join("")}`;
    });
    return `${number.padEnd(5)}${title.padEnd(27)}${String(ofSection.length).padStart(4)} ${columns.join("   ")}`;
  });
  const head = `${"PKITS".padEnd(32)}${"of".padStart(4)}   certificates         messages`;
  const names = `${"".padEnd(37)}${FORMS.map(() => " right undec wrong").join("   ")}`;
  const undecided = scores
    .filter(({ name, answer }) => answer === "undecided" && expectedOf(cases, name) === "valid")
    .map(({ form, name }) => `${name} (${form})`);
  return [head, names, ...lines, `Undecided: ${undecided.join(", ")}`].join("\n");
}

function expectedOf(cases: readonly PkitsCase[], name: string): PkitsCase["expected"] | undefined {
  return cases.find((pkitsCase) => pkitsCase.name === name)?.expected;
}

function gradeOf(expected: "valid" | "invalid", answer: Answer): "right" | "undecided" | "wrong" {
  if (answer === "undecided") return expected === "invalid" ? "right" : "undecided";
  return answer === expected ? "right" : "wrong";
}
