// Run as a process of its own, so that its memory is that of one inspection. Prints one line of JSON.
import { readFileSync } from "node:fs";
import { inspect, shippedAuthorities } from "../../src/core/index.ts";
import { DEMO_NOW } from "../provider/test-case.ts";

const file = process.argv[2];
if (file === undefined) throw new Error("no file given");
const anchors = await shippedAuthorities();
const bytes = readFileSync(file);
const start = performance.now();
const { checks } = await inspect(bytes, { now: DEMO_NOW, anchors });
const milliseconds = performance.now() - start;
const outcome = (id: string): string => checks.find((check) => check.id === id)?.outcome ?? "none";
const integrity = `${outcome("message-digest")} ${outcome("signature-value")}`;
console.log(JSON.stringify({ integrity, largestMemory: process.resourceUsage().maxRSS, milliseconds }));
