// Run as a process of its own, so that nothing is warm: prints the milliseconds that the shipped authorities take to be decoded.
import { shippedAuthorities } from "../../src/core/index.ts";
import { timed } from "./inspection.ts";

console.log(await timed(shippedAuthorities));
