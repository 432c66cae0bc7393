// The only things of the outside that the core uses, declared here because it is compiled without a browser's or Node's types.
// Left out of the compilation of the rest, which has the full types.

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  decode(input?: Uint8Array): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}
declare function atob(data: string): string;
declare function btoa(data: string): string;
/** Handed on only. */
interface CryptoKey {
  readonly type: string;
}
declare const crypto: {
  readonly subtle: {
    digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>;
  };
};
/** Of the Compression Streams standard, what deflate.ts uses. */
declare class CompressionStream {
  constructor(format: "gzip");
  readonly readable: { getReader(): CompressedReader };
  readonly writable: { getWriter(): { write(piece: Uint8Array): Promise<void>; close(): Promise<void> } };
}
interface CompressedReader {
  read(): Promise<{ readonly done: false; readonly value: Uint8Array<ArrayBuffer> } | { readonly done: true }>;
  cancel(reason: unknown): Promise<void>;
}
