// Belongs here: which messages of _locales the code names, as far as its text tells.
import ts from "typescript";
import { nodesOf } from "./source-files.ts";

export interface NamedKeys {
  /** Named outright where a key is expected. */
  readonly named: readonly string[];
  /** Beginnings of keys that the code completes: `outcome_${…}`, `keyOf("recipient", …)`. */
  readonly prefixes: readonly string[];
  /** Endings that the code adds to other keys: `${key}_named`. */
  readonly suffixes: readonly string[];
  /** Every string of the code: a key may be handed on through tables and variables. */
  readonly literals: ReadonlySet<string>;
}

/** Functions whose first argument is a key. */
const TAKES_KEY = new Set(["translate", "getMessage", "sentence", "phrase"]);

/** The function that joins the beginning of a key with a value. */
const JOINS_KEY = "keyOf";

const KEY = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

export function collectKeys(trees: readonly ts.SourceFile[]): NamedKeys {
  const nodes = trees.flatMap((tree) => nodesOf(tree));
  return {
    named: nodes.flatMap(keysNamedBy),
    prefixes: nodes.flatMap(prefixesNamedBy),
    suffixes: nodes.flatMap(suffixesNamedBy),
    literals: new Set(nodes.filter(ts.isStringLiteralLike).map(({ text }) => text)),
  };
}

function keysNamedBy(node: ts.Node): readonly string[] {
  if (ts.isCallExpression(node) && TAKES_KEY.has(functionName(node))) return stringsOf(node.arguments[0]);
  if (ts.isPropertyAssignment(node) && /^key$|Key$/.test(node.name.getText())) return stringsOf(node.initializer);
  return [];
}

function prefixesNamedBy(node: ts.Node): readonly string[] {
  if (ts.isCallExpression(node) && functionName(node) === JOINS_KEY) {
    return stringsOf(node.arguments[0]).map((prefix) => `${prefix}_`);
  }
  return ts.isTemplateExpression(node) && /^[a-z][a-z0-9_]*_$/.test(node.head.text) ? [node.head.text] : [];
}

function suffixesNamedBy(node: ts.Node): readonly string[] {
  if (!ts.isTemplateExpression(node) || node.head.text !== "" || node.templateSpans.length !== 1) return [];
  const ending = node.templateSpans[0]?.literal.text ?? "";
  return /^(_[a-z0-9]+)+$/.test(ending) ? [ending] : [];
}

function functionName({ expression }: ts.CallExpression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : "";
}

/** The strings that an expression can be, not those inside calls. */
function stringsOf(node: ts.Expression | undefined): readonly string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return KEY.test(node.text) ? [node.text] : [];
  if (ts.isConditionalExpression(node)) return [...stringsOf(node.whenTrue), ...stringsOf(node.whenFalse)];
  return ts.isParenthesizedExpression(node) ? stringsOf(node.expression) : [];
}
