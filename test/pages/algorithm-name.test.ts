import { expect, it } from "vitest";
import { algorithmName } from "../../src/pages/algorithm-name.ts";
import { plainValue } from "../../src/pages/sentence.ts";
import { translator } from "./messages.ts";

it.each([
  ["RSA PKCS#1 v1.5 with SHA-256", "RSA PKCS#1 v1.5 con SHA-256"],
  ["ECDSA with MD5", "ECDSA con MD5"],
  ["RSA-PSS", "RSA-PSS"],
  ["1.2.3.4", "1.2.3.4"],
])("%s is %s to an Italian", (name, said) => {
  expect(plainValue(algorithmName(name), translator("it"))).toBe(said);
  expect(plainValue(algorithmName(name), translator("en"))).toBe(name);
});
