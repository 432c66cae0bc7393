// Belongs here: the source as a tree, for guards that judge the text of the code itself.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { projectRoot } from "../lab/project-root.ts";

export interface SourceFile {
  /** Relative to the top of the checkout, with `/`. */
  readonly path: string;
  readonly tree: ts.SourceFile;
}

export interface Import {
  readonly specifier: string;
  /** Erased when compiled. */
  readonly typeOnly: boolean;
}

/** Every TypeScript file below src. */
export function sourceFiles(): readonly SourceFile[] {
  return readdirSync(join(projectRoot, "src"), { recursive: true, encoding: "utf8" })
    .map((name) => `src/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .sort()
    .map((path) => ({ path, tree: parse(path, readFileSync(join(projectRoot, path), "utf8")) }));
}

export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
}

/** All imports and re-exports of a file, dynamic ones too. */
export function importsOf(tree: ts.SourceFile): readonly Import[] {
  return nodesOf(tree).flatMap((node): readonly Import[] => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      return [{ specifier: node.moduleSpecifier.text, typeOnly }];
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      return [{ specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly }];
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const target = node.arguments[0];
      return [{ specifier: target && ts.isStringLiteral(target) ? target.text : "(computed)", typeOnly: false }];
    }
    return [];
  });
}

/** The node and everything below it. */
export function nodesOf(node: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [node];
  for (let at = 0; at < found.length; at += 1) found[at]?.forEachChild((child) => void found.push(child));
  return found;
}
