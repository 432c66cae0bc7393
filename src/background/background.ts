// Placeholder until the composition root is written.
console.debug("Sigillo PEC");
export {};
